// The scripts in which domain names are registered, and the combinations that one language writes with.
const scripts = [
  'Latin Greek Cyrillic Armenian Hebrew Arabic Georgian Ethiopic Thaana Devanagari Bengali Gurmukhi Gujarati Oriya Tamil',
  'Telugu Kannada Malayalam Sinhala Thai Lao Tibetan Myanmar Khmer',
].flatMap((line) => line.split(' '))
const combinations = [...scripts.map((script) => [script]), ['Latin', 'Han', 'Hiragana', 'Katakana']]
combinations.push(['Latin', 'Han', 'Bopomofo'], ['Latin', 'Han', 'Hangul'])

const patterns = combinations.map(
  (together) => new RegExp(`^[${['Common', 'Inherited', ...together].map((s) => `\\p{Script=${s}}`).join('')}]*$`, 'u'),
)

/**
 * Whether a label of a host (in Unicode) mixes letters of scripts that no language mixes: the way to write a host that
 * looks like another one.
 *
 * Spec: Unicode Technical Standard 39, section 5.2, "highly restrictive".
 */
export const mixesScripts = (host: string): boolean =>
  host.split('.').some((label) => !patterns.some((pattern) => pattern.test(label)))
