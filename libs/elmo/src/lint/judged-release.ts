import { defaultRelease, type Release } from '../grammar/releases.js'
import type { Elmo, LearningOpportunitySpecification } from '../model.js'

const isOf21 = ({ documentType, instance, parts = [] }: LearningOpportunitySpecification): boolean =>
  documentType !== undefined ||
  instance.enrolment !== undefined ||
  instance.duration !== undefined ||
  parts.some(isOf21)

/**
 * The release by whose rules a document is judged when nobody names one. A document does not say its release: what
 * only 2.1.1 or 2.0.0 has decides; all else is judged as the release that the network uses.
 */
export function judgedRelease({ learner, reports }: Elmo, namespace?: string): Release {
  const opportunities = reports.flatMap(({ learningOpportunitySpecification: all = [] }) => all)
  const countries = [
    learner.citizenshipType,
    learner.countryOfBirth,
    ...reports.map(({ issuer }) => issuer.countryType),
  ]
  const is21 =
    namespace?.endsWith('/tree/v2') === true ||
    (learner.bday !== undefined && learner.dateOfBirth !== undefined) ||
    countries.some((type) => type !== undefined) ||
    reports.some(({ status }) => status !== undefined) ||
    opportunities.some(isOf21)
  if (is21) return '2.1.1'
  const is20 =
    learner.alternativeName !== undefined ||
    learner.dateOfBirth !== undefined ||
    reports.some(({ resultOfRecognition }) => resultOfRecognition !== undefined)
  return is20 ? '2.0.0' : defaultRelease
}
