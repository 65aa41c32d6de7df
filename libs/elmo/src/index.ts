export * from './elmo-error.js'
export * from './limits.js'
export * from './model.js'
export { packElmo } from './pack-elmo.js'
export { packingDeviations, unpackElmo, type PackingDeviation, type UnpackedElmo } from './unpack-elmo.js'
export { parseXml, type XmlAttribute, type XmlDocument, type XmlElement } from './parse-xml.js'
export { readElmo, type ReadElmo } from './read-elmo.js'
export { writeElmo } from './write-elmo.js'
export { validateElmo } from './validate-elmo.js'
export { listResults, type ResultNode } from './list-results.js'
export { selectResults } from './select-results.js'
export { checkSigningKey, signElmo, type SigningKey } from './sign-elmo.js'
export {
  verificationNotices,
  verifyElmo,
  VerifiedElmo,
  type VerificationOutcome,
  type VerificationPolicy,
  type VerificationReport,
} from './verify-elmo.js'
export type { VerificationCheck, VerificationNotice } from './verification-report.js'
export { describeCertificate, normaliseCertificate, type CertificateFacts } from './certificate.js'
export { creditSum, type CreditSum } from './credit-sum.js'
export { countryCodes } from './grammar/country-codes.js'
export { courseCode } from './course-code.js'
export { pickText } from './pick-text.js'
