import { instancePath } from '../instance-path.js'
import type { RuleEntry } from '../lint-rule.js'
import { isBlank, isInEnglish } from './texts.js'

const below = (path: string): string => `${instancePath}/${path}`

/** Rules about grades and what explains them. */
export const gradeRules: readonly RuleEntry[] = [
  {
    id: 'LOI-SCHEME-ID',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.2.0-',
    source: 'annotation',
    summary: 'A grade names its grading scheme.',
    hint: 'Describe the scheme as gradingScheme of the report and name it by gradingSchemeLocalId.',
    checks: {
      opportunity: ({ loi: { resultLabel, gradingSchemeLocalId, gradingSchemeExternalId } }, found) => {
        if (!isBlank(resultLabel) && isBlank(gradingSchemeLocalId) && isBlank(gradingSchemeExternalId)) {
          found('a grade without gradingSchemeLocalId', below('resultLabel'))
        }
      },
    },
  },
  {
    id: 'LOI-SCHEME-REF',
    keyword: 'MUST*',
    who: 'producer',
    releases: '1.2.0-',
    source: 'annotation',
    summary:
      'gradingSchemeLocalId names a gradingScheme of the same report, and each of these has a localId of its own.',
    hint: 'Add the gradingScheme to the report of the result. Its localId means nothing outside the document.',
    reported: true,
    checks: {
      report: ({ gradingScheme = [] }, found) => {
        const seen = new Set<string>()
        gradingScheme.forEach(({ localId }, index) => {
          const id = localId.trim()
          if (seen.has(id))
            found('a localId that another gradingScheme has too', `gradingScheme[${index + 1}]/@localId`)
          seen.add(id)
        })
      },
    },
  },
  {
    id: 'LOI-SCHEME-DESC',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.2.0-',
    source: 'annotation',
    summary: 'A grading scheme is described, in English at least.',
    hint: 'Say in a sentence which grades there are, from best to worst, and which of them pass.',
    checks: {
      scheme: ({ description }, found) => {
        if (!isInEnglish(description)) found('a grading scheme without a description in English')
      },
    },
  },
  {
    id: 'LOI-SHORT-SUM',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary:
      'The three percentages lie between 0 and 100 and come to 100; failed students count, so lower is below 100.',
    hint: 'Compute them over all students; one decimal is enough.',
    checks: {
      opportunity: ({ loi: { shortenedGrading: short } }, found) => {
        if (short === undefined) return
        const all = [short.percentageLower, short.percentageEqual, short.percentageHigher].map(Number)
        const isPercentage = all.every((value) => value >= 0 && value <= 100)
        if (!isPercentage || Number(short.percentageLower) >= 100) {
          found('a percentage out of its range', below('shortenedGrading'))
        } else if (Math.abs(all.reduce((sum, value) => sum + value, 0) - 100) > 0.15 + 1e-9) {
          found('the percentages do not come to 100', below('shortenedGrading'))
        }
      },
    },
  },
  {
    id: 'LOI-DIST-ALL',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A distribution counts all students, failed ones included, under the labels of the grading scheme.',
    hint: 'Give each label once, with its count. That failed students are among them cannot be seen.',
    checks: {
      opportunity: ({ loi: { resultDistribution } }, found) => {
        if (resultDistribution === undefined) return
        const labels = resultDistribution.category.map(({ label }) => label.trim())
        if (labels.some(isBlank)) found('a category without a label', below('resultDistribution'))
        if (new Set(labels).size < labels.length) found('two categories with one label', below('resultDistribution'))
        if (resultDistribution.category.every(({ count }) => Number(count) === 0)) {
          found('a distribution over no students', below('resultDistribution'))
        }
      },
    },
  },
]
