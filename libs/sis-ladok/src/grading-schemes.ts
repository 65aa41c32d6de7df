import type { GradingScheme, LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import type { ScaleRecord } from './ladok-records.js'

/** The scales that the results name, each with all its grades in their order and what they mean. */
export function gradingSchemes(
  results: readonly LearningOpportunitySpecification[],
  scales: ReadonlyMap<string, ScaleRecord>,
): GradingScheme[] {
  const used = new Set<string>()
  const collect = ({ instance, parts = [] }: LearningOpportunitySpecification): void => {
    if (instance.gradingSchemeLocalId !== undefined) used.add(instance.gradingSchemeLocalId)
    parts.forEach(collect)
  }
  results.forEach(collect)
  return [...used].flatMap((localId) => {
    const scale = scales.get(localId)
    return scale === undefined ? [] : [{ localId, description: describe(scale) }]
  })
}

function describe(scale: ScaleRecord): NonNullable<GradingScheme['description']> {
  const grades = [...scale.Betygsgrader].sort((a, b) => (a.Ordningsnummer ?? 0) - (b.Ordningsnummer ?? 0))
  return (['sv', 'en'] as const).map((lang) => {
    const name = scale.Benamningar[lang] ?? scale.Kod
    const list = grades.map(({ Kod, Benamningar, GiltigSomSlutbetyg }) => {
      const words = [
        Benamningar[lang],
        GiltigSomSlutbetyg === null ? undefined : meaning[lang][String(GiltigSomSlutbetyg)],
      ]
      const told = words.filter((word) => word !== undefined && word !== null).join(', ')
      return told === '' ? Kod : `${Kod} (${told})`
    })
    return { lang, value: `${name === undefined ? '' : `${name}: `}${list.join('; ')}` }
  })
}

const meaning: Readonly<Record<'sv' | 'en', Readonly<Record<string, string>>>> = {
  sv: { true: 'godkänd', false: 'ej godkänd' },
  en: { true: 'passed', false: 'not passed' },
}
