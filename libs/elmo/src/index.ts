export * from './elmo-error.js'
export * from './limits.js'
export * from './model.js'
export { packElmo, packElmoAsync } from './packing/pack-elmo.js'
export { packingDeviations, unpackElmo, type PackingDeviation, type UnpackedElmo } from './packing/unpack-elmo.js'
export { parseXml, type XmlAttribute, type XmlDocument, type XmlElement } from './xml/parse-xml.js'
export { readElmo, type ReadElmo } from './document/read-elmo.js'
export { writeElmo } from './document/write-elmo.js'
export { validateElmo } from './document/validate-elmo.js'
export { listResults, type ResultNode } from './meaning/list-results.js'
export { selectResults } from './selection/select-results.js'
export { checkSigningKey, signElmo, type SigningKey } from './signature/sign-elmo.js'
export {
  verificationNotices,
  verifyElmo,
  VerifiedElmo,
  type VerificationOutcome,
  type VerificationPolicy,
  type VerificationReport,
} from './signature/verify-elmo.js'
export type { VerificationCheck, VerificationNotice } from './signature/verification-report.js'
export { describeCertificate, normaliseCertificate, type CertificateFacts } from './signature/certificate.js'
export { creditSum, type CreditSum } from './meaning/credit-sum.js'
export { countryCodes } from './grammar/country-codes.js'
export { courseCode } from './meaning/course-code.js'
export { pickText } from './meaning/pick-text.js'
