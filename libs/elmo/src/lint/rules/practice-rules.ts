import { isFailingLabel } from '../codes/failing-labels.js'
import { instancePath } from '../instance-path.js'
import type { Found, RuleEntry } from '../lint-rule.js'
import type { Identifier } from '../../model.js'
import { meantWord, predefined } from './predefined.js'
import { isEcts } from './results.js'

const below = (path: string): string => `${instancePath}/${path}`

/** More than anybody earns with one degree. */
const absurdEcts = 400
/** Less than any degree programme gives. */
const leastOfProgramme = 30

function findCase(words: readonly string[], text: string | undefined, at: string, found: Found): void {
  const meant = meantWord(words, text ?? '')
  if (meant !== undefined) found(`should be written "${meant}"`, at)
}

function findIdentifierCase(identifiers: readonly Identifier[] | undefined, above: string, found: Found): void {
  identifiers?.forEach(({ type }, index) =>
    findCase(predefined.identifierType, type, `${above}identifier[${index + 1}]/@type`, found),
  )
}

/** `NA` alone is Namibia, a language and a family name. */
const placeholder = /^(?:todo|tbd|tba|n\/a|null|undefined|none|xxx+|\?+|-+|–|—|…|\.{2,}|_+|lorem ipsum.*)$/i

/** One grade among several in a label. */
const looksLikeGrade = (word: string): boolean =>
  /^(?:[A-F][+-]?|[1-9]?\d(?:[.,]\d{1,2})?[!+-]?|NK|ZAL|NZAL)$/.test(word)

/** Rules drawn from real documents. */
export const practiceRules: readonly RuleEntry[] = [
  {
    id: 'P-NS-VARIANT',
    keyword: 'PRACTICE',
    severity: 'error',
    who: 'producer',
    releases: '1.0.0-',
    source: 'practice',
    summary: 'The elements are in the namespace of ELMO, not in one of a tag, of an older format, or in none.',
    hint: 'Declare xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1" (2.1: …/tree/v2). Writing what was read mends it.',
    ofSource: true,
    reported: true,
  },
  {
    id: 'P-ORDER',
    keyword: 'PRACTICE',
    severity: 'error',
    who: 'producer',
    releases: '1.0.0-',
    source: 'practice',
    summary: 'Elements stand in the order of the schema.',
    hint: 'Sort them; issueDate comes behind the results and before gradingScheme. Writing what was read mends it.',
    ofSource: true,
    reported: true,
  },
  {
    id: 'P-CASE',
    keyword: 'PRACTICE',
    who: 'producer',
    releases: '1.0.0-',
    source: 'practice',
    summary: 'Words that the format names are written as it writes them: ects, schac, Degree Programme.',
    hint: 'Use the word in the message.',
    reported: true,
    checks: {
      learner: ({ identifier }, found) => findIdentifierCase(identifier, '', found),
      issuer: ({ identifier }, found) => findIdentifierCase(identifier, '', found),
      opportunity: ({ los, loi }, found) => {
        findIdentifierCase(los.identifier, '', found)
        findIdentifierCase(loi.identifier, `${instancePath}/`, found)
        findCase(predefined.opportunityType, los.type, 'type', found)
        findCase(predefined.status, loi.status, below('status'), found)
        loi.credit?.forEach(({ scheme, level }, index) => {
          findCase(predefined.scheme, scheme, below(`credit[${index + 1}]/scheme`), found)
          findCase(predefined.creditLevel, level, below(`credit[${index + 1}]/level`), found)
        })
        loi.level?.forEach(({ type }, index) => {
          findCase(predefined.levelType, type, below(`level[${index + 1}]/type`), found)
        })
      },
      attachment: ({ attachment: { identifier, type } }, found) => {
        findIdentifierCase(identifier, '', found)
        findCase(predefined.attachmentType, type, 'type', found)
      },
    },
  },
  {
    id: 'P-LANG-DUP',
    keyword: 'PRACTICE',
    who: 'producer',
    releases: '1.0.0-',
    source: 'practice',
    summary: 'A text is given once in each language.',
    hint: 'Set xml:lang right, or keep one of them.',
    checks: {
      texts: ({ name, texts }, found) => {
        const languages = new Set<string>()
        texts.forEach(({ lang }, index) => {
          if (lang === undefined) return
          if (languages.has(lang.toLowerCase())) found('the same language again', `${name}[${index + 1}]`)
          languages.add(lang.toLowerCase())
        })
      },
    },
  },
  {
    id: 'P-LANG-MISSING',
    keyword: 'PRACTICE',
    who: 'producer',
    releases: '1.0.0-',
    source: 'practice',
    summary: 'Of several texts each says its language.',
    hint: 'Add xml:lang.',
    checks: {
      texts: ({ name, texts }, found) => {
        const without = texts.flatMap(({ lang }, index) => (lang === undefined ? [index] : []))
        if (without.length > 1) found('several texts without a language', `${name}[${(without[1] ?? 0) + 1}]`)
      },
    },
  },
  {
    id: 'P-NEG-CREDIT',
    keyword: 'PRACTICE',
    severity: 'error',
    who: 'producer',
    releases: '1.0.0-',
    source: 'practice',
    summary: 'ECTS credits are not below 0 and not above 400.',
    hint: 'See how the value was computed.',
    checks: {
      opportunity: ({ loi }, found) => {
        loi.credit?.forEach((credit, index) => {
          const value = Number(credit.value ?? '0')
          if (isEcts(credit) && (value < 0 || value > absurdEcts)) {
            found('ECTS credits that nobody can earn', below(`credit[${index + 1}]/value`))
          }
        })
      },
    },
  },
  {
    id: 'P-RESULT-MULTI',
    keyword: 'PRACTICE',
    who: 'producer',
    releases: '1.0.0-',
    source: 'practice',
    summary: 'resultLabel is one grade, not those of all attempts in a row.',
    hint: 'Send the grade that counts.',
    checks: {
      opportunity: ({ loi: { resultLabel = '' } }, found) => {
        const words = resultLabel.trim().split(/[\s;]+/)
        if (words.length > 1 && words.every(looksLikeGrade)) found('several grades in one label', below('resultLabel'))
      },
    },
  },
  {
    id: 'P-GRADE-IN-CREDIT',
    keyword: 'PRACTICE',
    who: 'producer',
    releases: '1.0.0-',
    source: 'practice',
    summary: 'Credits are credits, not points or averages of a grading scheme.',
    hint: 'Put grades into resultLabel and explain them with a gradingScheme.',
    checks: {
      opportunity: ({ los, loi, schemes }, found) => {
        loi.credit?.forEach((credit, index) => {
          const scheme = credit.scheme.trim()
          const at = below(`credit[${index + 1}]`)
          // The grading scale of ECTS may bear the name of its credits.
          if (!isEcts(credit) && (schemes.has(scheme) || /grad(?:e|ing)|note|mark/i.test(scheme)))
            found('a grading scheme as scheme of credits', at)
          const value = Number(credit.value ?? '0')
          const isAverage = los.type === 'Degree Programme' && value > 0 && value < leastOfProgramme
          if (isEcts(credit) && isAverage)
            found('so few ECTS credits for a Degree Programme that it may be a grade', at)
        })
      },
    },
  },
  {
    id: 'P-LEVEL-NOVALUE',
    keyword: 'PRACTICE',
    who: 'producer',
    releases: '1.2.0-',
    source: 'practice',
    summary: 'A level has a value; its type alone says nothing.',
    hint: 'Add the value, or leave the level out.',
    checks: {
      opportunity: ({ loi }, found) => {
        loi.level?.forEach(({ value = '' }, index) => {
          if (value.trim() === '') found('a level without a value', below(`level[${index + 1}]`))
        })
      },
    },
  },
  {
    id: 'P-PAST-STATUS',
    keyword: 'PRACTICE',
    severity: 'error',
    who: 'producer',
    releases: '1.2.0-',
    source: 'practice',
    summary: 'A grade that means a failure comes with the status failed; without one a reader takes it as passed.',
    hint: 'Add the status.',
    checks: {
      opportunity: ({ loi: { status, resultLabel } }, found) => {
        if (status === undefined && isFailingLabel(resultLabel ?? '')) {
          found('a grade that may mean a failure, without status', below('resultLabel'))
        }
      },
    },
  },
  {
    id: 'P-DATA-FILLER',
    keyword: 'PRACTICE',
    who: 'producer',
    releases: '1.0.0-',
    source: 'practice',
    summary: 'Nothing stands for a missing value: no TODO, no dash, no dots.',
    hint: 'Leave the element out, or fill it.',
    checks: {
      text: ({ name, value }, found) => {
        if (name !== 'resultLabel' && placeholder.test(value.trim())) found('a placeholder')
      },
      opportunity: ({ loi }, found) => {
        loi.credit?.forEach(({ level = '' }, index) => {
          if (placeholder.test(level.trim())) found('a placeholder', below(`credit[${index + 1}]/level`))
        })
      },
      attachment: ({ attachment: { content = [] } }, found) => {
        content.forEach(({ value }, index) => {
          const isCut = value.length < 100_000 && /(?:…|\.{3})/.test(value)
          if (isCut || placeholder.test(value.slice(0, 50).trim())) found('a placeholder', `content[${index + 1}]`)
        })
      },
    },
  },
]
