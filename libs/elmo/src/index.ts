export * from './elmo-error.js'
export * from './limits.js'
export * from './model.js'
export { defaultRelease, releases, type Release } from './grammar/releases.js'
export {
  packingDeviations,
  unpackElmo,
  unpackElmoInSlices,
  type PackingDeviation,
  type UnpackedElmo,
} from './packing/unpack-elmo.js'
export { receiveElmo, type ReceivedElmo } from './receive-elmo.js'
export { packElmo, packElmoAsync } from './packing/pack-elmo.js'
export { parseXml, type XmlAttribute, type XmlDocument, type XmlElement } from './xml/parse-xml.js'
export { readElmo, type ReadOptions } from './document/read-elmo.js'
export type { ReadElmo } from './document/read-tape.js'
export { validateElmoXml, type ElmoVerdict, type ValidateOptions } from './document/validate-elmo-xml.js'
export { writeElmo, type WriteOptions } from './document/write-elmo.js'
export { writeElmoChunks, type WriteChunksOptions } from './document/write-elmo-chunks.js'
export type { AttachmentSource, AttachmentSources } from './document/attachment-source.js'
export { attachmentIds, trimAttachmentRefs } from './selection/attachment-refs.js'
export { elmoXsd, elmoXsdFiles, type XsdFile } from './xsd/elmo-xsd.js'
export { fromJson, toJson, type ElmoJson, type ElmoJsonHead } from './json/elmo-json.js'
export { validateElmo } from './document/validate-elmo.js'
export { lintElmo, type LintOptions, type LintReport } from './lint/lint-elmo.js'
export { lintXml } from './lint/lint-xml.js'
export { lintRules } from './lint/lint-rules.js'
export { lintProfileNames, lintProfiles, type LintProfile, type LintProfileName } from './lint/lint-profiles.js'
export type { LintFinding, LintKeyword, LintRule, LintRuleSource, LintSection, LintSeverity } from './lint/lint-rule.js'
export { listResults, type ResultNode } from './meaning/list-results.js'
export { checkSigningKey, keyFileSigner, type ElmoSigner, type SigningKey } from './signature/elmo-signer.js'
export { signElmo, signElmoWith, type SigningOptions } from './signature/sign-elmo.js'
export { writeSignedElmo } from './signature/write-signed-elmo.js'
export { selectResults, type SelectionOptions } from './selection/select-results.js'
export { resolveChoice, selectionPolicies, type SelectionPolicy } from './selection/resolve-choice.js'
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
export { creditSum, creditSums, type CreditSum, type CreditSumOptions, type CreditSums } from './meaning/credit-sum.js'
export type { CreditMeaning } from './meaning/credit-statement.js'
export {
  contextOfParts,
  resultStatus,
  type ResultStatus,
  type StatusContext,
  type StatusReason,
} from './meaning/result-status.js'
export { gradeLabels, type GradeLabels } from './meaning/grade-labels.js'
export { birthDateOf } from './meaning/birth-date-of.js'
export { resultDate, type DateDoubt, type ResultDate } from './meaning/result-date.js'
export { resultLevel, type ResultLevel } from './meaning/result-level.js'
export { resultDoubtTexts, type ResultDoubt } from './meaning/result-doubts.js'
export { completenessNamespace, type MarkedExtent } from './meaning/completeness-marker.js'
export { completenessOf, type ReportCompleteness } from './meaning/completeness.js'
export {
  explainResults,
  type ExplainedDocument,
  type ExplainedReport,
  type ExplainedResult,
  type ExplainOptions,
} from './meaning/explain-results.js'
export { countryCodes } from './grammar/country-codes.js'
export { courseCode, courseKey, type CourseKey } from './meaning/course-code.js'
export { firstText, pickText } from './meaning/pick-text.js'
export { convertElmo, type ConvertedElmo } from './convert/convert-elmo.js'
export type { ConversionOptions } from './convert/elmo-conversion.js'
export { conversionLosses, type ConversionLoss, type LossCode, type LossKind } from './convert/conversion-loss.js'
export { generatedIdentifierType } from './convert/generated-identifier.js'
export { toElm, type ElmDocument, type ElmOptions } from './convert/elm/to-elm.js'
export type { LegalIdentifier } from './convert/elm/elm-organisation.js'
export { fromElm, type ElmoFromElm } from './convert/elm/from-elm.js'
export { defaultElmLimits, type ElmLimits } from './convert/elm/elm-limits.js'
export { checkElm, type ElmProblem } from './convert/elm/check-elm.js'
