/**
 * What is full of digits and about nobody. Each is a form with a shape of its own, and none can hold a number of a person
 * that stands alone; so it is painted over before numbers are looked for.
 */
const others = [
  // Base64 and the like: forty signs without a blank, with letters of both kinds and a digit (keys, digests, signatures).
  /(?=[A-Za-z0-9+/_=-]*[a-z])(?=[A-Za-z0-9+/_=-]*[A-Z])(?=[A-Za-z0-9+/_=-]*\d)[A-Za-z0-9+/_=-]{40,}/g,
  // UUIDs, and digests in hexadecimal.
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
  /\b(?=\d*[a-f])[0-9a-f]{16,}\b/gi,
  // Object identifiers and versions: three numbers or more with dots between.
  /\b\d+(?:\.\d+){2,}\b(?!-\d{3}\.\d{2}\b)/g,
  // Points in time, and numbers with a fraction.
  /\b\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?/g,
  /(?<!\.|\d-)\b\d+\.\d+\b(?!\.)/g,
]

/**
 * The text with all of that painted over by blanks, so that what is left keeps its place.
 *
 * @param {string} text
 * @returns {string}
 */
export const hideOtherNumbers = (text) =>
  others.reduce((left, pattern) => left.replace(pattern, (found) => ' '.repeat(found.length)), text)
