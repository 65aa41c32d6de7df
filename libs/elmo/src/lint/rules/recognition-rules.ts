import type { LearningOpportunitySpecification } from '../../model.js'
import type { RuleEntry } from '../lint-rule.js'
import { identifiersOf } from './results.js'

const localIds = (all: readonly LearningOpportunitySpecification[] = []): string[] =>
  all.flatMap((los) => [...identifiersOf(los, 'local'), ...localIds(los.parts)])

/** Rules about the recognition of results (2.0.0 and later). */
export const recognitionRules: readonly RuleEntry[] = [
  {
    id: 'REC-MAP-REF',
    keyword: 'MUST*',
    who: 'producer',
    releases: '2.0.0-',
    source: 'annotation',
    summary: 'A mapping leads from local identifiers of the basis to local identifiers of the result.',
    hint: 'Name the opportunities of recognitionBasis and recognitionResult by their local identifiers.',
    checks: {
      recognition: ({ recognitionBasis = [], recognitionResult = [], recognitionMapping = [] }, found) => {
        const from = new Set(recognitionBasis.flatMap((basis) => localIds(basis.learningOpportunitySpecification)))
        const to = new Set(localIds(recognitionResult))
        recognitionMapping.forEach(({ fromMapping = [], toMapping = [] }, index) => {
          const at = `recognitionMapping[${index + 1}]/mapping`
          if (!fromMapping.flat().every((ref) => from.has(ref.trim())))
            found('fromMapping names nothing of the basis', at)
          if (!toMapping.flat().every((ref) => to.has(ref.trim()))) found('toMapping names nothing of the result', at)
        })
      },
    },
  },
  {
    id: 'REC-STATUS',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '2.0.0-',
    source: 'annotation',
    summary: 'The status agrees with the rest: what was refused has no results, what was recognised has some.',
    hint: 'Set the status, the results and the mapping right.',
    checks: {
      recognition: ({ status, recognitionResult = [], recognitionMapping = [] }, found) => {
        if (status === 'Negative' && recognitionResult.length > 0) found('Negative, but with results', 'status')
        if (status !== 'Negative' && recognitionResult.length === 0) found(`recognised, but without results`, 'status')
        if (status === 'Partially Positive' && recognitionMapping.length === 0) {
          found('partly recognised, but no mapping says which part', 'status')
        }
      },
    },
  },
]
