import type {
  Attachment,
  DiplomaSupplement,
  DiplomaSupplementSection,
  Elmo,
  LearningOpportunityInstance,
  LearningOpportunitySpecification,
  Report,
  ResultOfRecognition,
} from '../../src/model.js'

export function first<T>(all: readonly T[] | undefined): T {
  const [only] = all ?? []
  if (only === undefined) throw new Error('the clean document lacks what the pair needs')
  return only
}

type Los = LearningOpportunitySpecification

export const report = (elmo: Elmo): Report => first(elmo.reports)
export const programme = (elmo: Elmo): Los => first(report(elmo).learningOpportunitySpecification)
export const module = (elmo: Elmo): Los => first(programme(elmo).parts)
export const course = (elmo: Elmo): Los => first(module(elmo).parts)
export const klass = (elmo: Elmo): Los => first(course(elmo).parts)
export const loi = (elmo: Elmo): LearningOpportunityInstance => course(elmo).instance
export const enrolled = (elmo: Elmo): Los => report(elmo).learningOpportunitySpecification?.[1] ?? programme(elmo)
export const recognition = (elmo: Elmo): ResultOfRecognition => first(report(elmo).resultOfRecognition)
export const transcript = (elmo: Elmo): Attachment => first(report(elmo).attachment)
export const content = (elmo: Elmo): { value: string; lang?: string } => first(transcript(elmo).content)
export const supplement = (elmo: Elmo): DiplomaSupplement => {
  const { diplomaSupplement } = programme(elmo).instance
  if (diplomaSupplement === undefined) throw new Error('no supplement')
  return diplomaSupplement
}
export const subsection = (elmo: Elmo): DiplomaSupplementSection => first(first(supplement(elmo).section).section)

export const set =
  <T>(of: (elmo: Elmo) => T, values: Partial<T>) =>
  (elmo: Elmo): void =>
    void Object.assign(of(elmo) as object, values)

export const learner = (elmo: Elmo): Elmo['learner'] => elmo.learner
export const issuer = (elmo: Elmo): Report['issuer'] => report(elmo).issuer
export const whole = (elmo: Elmo): Elmo => elmo
export const b64 = (bytes: number): string => 'A'.repeat(Math.ceil(bytes / 3) * 4)

export const inLoi = 'specifies/learningOpportunityInstance'
