import { lintProfileNames, lintProfiles } from '../../src/lint/lint-profiles.js'
import { lintSections, lintSeverities, type LintRule, type LintSection } from '../../src/lint/lint-rule.js'
import { lintRules } from '../../src/lint/lint-rules.js'
import { scoreWeights } from '../../src/lint/lint-score.js'

const titles: Readonly<Record<LintSection, string>> = {
  header: 'Document, learner, institution',
  opportunities: 'Learning opportunities and results',
  attachments: 'Attachments, diploma supplement, groups, extensions, recognition',
  embedding: 'Signature and EWP',
  practice: 'Learnt from real documents',
}

const sources: Readonly<Record<LintRule['source'], string>> = {
  annotation: 'schema',
  guide: 'EMREX guide',
  ewp: 'EWP',
  practice: 'practice',
}

const releasesInWords = (range: string): string => {
  const [first = '', last = first] = range.split('-')
  if (range === '1.0.0-') return 'all'
  if (first === last) return first
  if (first === '') return `up to ${last}`
  return last === '' ? `from ${first}` : `${first} to ${last}`
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')

function row(rule: LintRule): string {
  const { id, severity, keyword, who, releases, source, summary, hint, notCheckable, optIn, ofSource } = rule
  const words = keyword === 'PRACTICE' ? severity : `${severity} (${keyword.replace('*', '\\*')})`
  const remarks = [
    ...(optIn === true ? ['Only in profiles that ask for it.'] : []),
    ...(ofSource === true ? ['Needs the bytes.'] : []),
    ...(notCheckable === undefined ? [] : [`**Not checked:** ${notCheckable}`]),
  ]
  const cells = [`\`${id}\``, words, who, releasesInWords(releases), sources[source], summary]
  return `| ${[...cells, [hint, ...remarks].join(' ')].map(cell).join(' | ')} |`
}

const section = (name: LintSection): string =>
  [
    `## ${titles[name]}`,
    '',
    '| Rule | Severity | For | Releases | From | What | How to keep it |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lintRules.filter((rule) => rule.section === name).map(row),
  ].join('\n')

const profileRows = (): string =>
  lintProfileNames
    .map((name) => {
      const { summary, severities } = lintProfiles[name]
      const cells = [...lintSeverities, 'off' as const].map((severity) => {
        const ids = Object.entries(severities).filter(([, each]) => each === severity)
        return ids.map(([id]) => `\`${id}\``).join(', ')
      })
      return `| \`${name}\` | ${[summary, ...cells].join(' | ')} |`
    })
    .join('\n')

/** The page about the rules, made from their list. */
export const lintPage = (): string =>
  `# Rules for good ELMO documents

The schema of ELMO says which documents are valid; much of what makes one useful stands beside it in words. These are the
${lintRules.length} rules that \`lintElmo\` (for a model) and \`lintXml\` (for bytes, with line and column) know, of which
${lintRules.filter(({ notCheckable }) => notCheckable === undefined).length} can be checked in one document. The page is
made from the list in \`libs/elmo/src/lint/rules\`, and a test holds them together.

A finding has a severity: **error** breaks an order of the format (MUST), **warning** its advice (SHOULD), **notice** is
worth knowing. MUST\\* marks what is not ordered in so many words but follows. Whether a document is valid is a question
for \`elmo validate\`. At most 10,000 findings are kept, unless the caller says otherwise; the score counts all.

Which release judges a document: the one that the caller names, else that of the profile, else 2.1.1 or 2.0.0 where the
document has what only they have, else 1.7.0.

## Score

A document with no finding has 100. Each broken rule takes from that half of its weight for being broken at all, and the
other half times its findings per place that it looked at (at most 1). The rest, rounded down and not below 0, is the score.

| Severity | Weight |
| --- | --- |
${lintSeverities.map((severity) => `| ${severity} | ${scoreWeights[severity]} |`).join('\n')}

So neither the length of a document nor the number of rules counts, only how many rules are broken, how gravely and how
widely. A profile changes the score, because it changes severities; \`lintXml\` may give another one than \`lintElmo\`,
because it sees more.

## Profiles

What a receiver makes of the rules: what is graver or milder there than usual, and what is not looked at.

| Profile | What for | error | warning | notice | not looked at |
| --- | --- | --- | --- | --- | --- |
${profileRows()}

${lintSections.map(section).join('\n\n')}
`
