import { languageTexts, type Notice } from '@emrex-gateway/core'
import type { GradingScheme, LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import type { UsosGradeType } from '../api/answers.js'

/** The scales that the results refer to. One that USOS does not describe stands without a description. */
export function buildGradingSchemes(
  results: readonly LearningOpportunitySpecification[],
  gradeTypes: ReadonlyMap<string, UsosGradeType>,
  notices: Notice[],
): GradingScheme[] {
  return [...new Set(results.flatMap(schemesOf))].sort().map((localId) => {
    const type = gradeTypes.get(localId)
    if (type !== undefined) return { localId, description: describe(type) }
    notices.push({ notice: 'grading-scheme-unknown', detail: localId })
    return { localId }
  })
}

const schemesOf = ({ instance, parts = [] }: LearningOpportunitySpecification): string[] => [
  ...(instance.gradingSchemeLocalId === undefined ? [] : [instance.gradingSchemeLocalId]),
  ...parts.flatMap(schemesOf),
]

/** Best first, as USOS orders them; what does not pass is marked, because no number tells it. */
function describe({ id, name, values }: UsosGradeType): ReturnType<typeof languageTexts> {
  const ordered = [...values].sort((a, b) => (a.order_key ?? 0) - (b.order_key ?? 0))
  const list = (lang: 'pl' | 'en', fails: string): string =>
    ordered
      .map(({ symbol, passes, name: words }) => {
        const word = lang === 'en' && words?.en === words?.pl ? undefined : words?.[lang]
        const remarks = [...((word ?? '') === '' ? [] : [word]), ...(passes === false ? [fails] : [])]
        return remarks.length > 0 ? `${symbol} (${remarks.join(', ')})` : symbol
      })
      .join('; ')
  return languageTexts({
    pl: `${name?.pl ?? id}: ${list('pl', 'bez zaliczenia')}`,
    en: `${name?.en ?? id}: ${list('en', 'not a pass')}`,
  })
}
