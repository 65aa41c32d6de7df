export * from './elmo-error.js'
export * from './limits.js'
export * from './model.js'
export { defaultRelease, releases, type Release } from './grammar/releases.js'
export { packElmo } from './packing/pack-elmo.js'
export {
  packingDeviations,
  unpackElmo,
  unpackElmoInSlices,
  type PackingDeviation,
  type UnpackedElmo,
} from './packing/unpack-elmo.js'
export { receiveElmo, type ReceivedElmo } from './receive-elmo.js'
export { parseXml, type XmlAttribute, type XmlDocument, type XmlElement } from './xml/parse-xml.js'
export { readElmo, type ReadOptions } from './document/read-elmo.js'
export type { ReadElmo } from './document/read-tape.js'
export { validateElmoXml, type ElmoVerdict, type ValidateOptions } from './document/validate-elmo-xml.js'
export { writeElmo, type WriteOptions } from './document/write-elmo.js'
export { writeElmoChunks, type WriteChunksOptions } from './document/write-elmo-chunks.js'
export type { AttachmentSource, AttachmentSources } from './document/attachment-source.js'
export { elmoXsd, elmoXsdFiles, type XsdFile } from './xsd/elmo-xsd.js'
export { fromJson, toJson, type ElmoJson, type ElmoJsonHead } from './json/elmo-json.js'
export { validateElmo } from './document/validate-elmo.js'
export { listResults, type ResultNode } from './meaning/list-results.js'
export { selectResults } from './selection/select-results.js'
export { checkSigningKey, keyFileSigner, type ElmoSigner, type SigningKey } from './signature/elmo-signer.js'
export { signElmo, signElmoWith, type SigningOptions } from './signature/sign-elmo.js'
export {
  verificationNotices,
  verifyElmo,
  verifyElmoInSlices,
  VerifiedElmo,
  type VerificationOutcome,
  type VerificationPolicy,
  type VerificationReport,
} from './signature/verify-elmo.js'
export type { VerificationCheck, VerificationNotice } from './signature/verification-report.js'
export type { SignatureEngine } from './signature/signature-algorithms.js'
export { describeCertificate, normaliseCertificate, type CertificateFacts } from './signature/certificate.js'
export { creditSum, type CreditSum } from './meaning/credit-sum.js'
export { countryCodes } from './grammar/country-codes.js'
export { courseCode } from './meaning/course-code.js'
export { pickText } from './meaning/pick-text.js'
