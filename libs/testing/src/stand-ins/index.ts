export { answerFor, type AnswerFields, type AnswerSettings } from './answer-for.js'
export {
  anotherPerson,
  inventedPerson,
  inventedReports,
  realisticReports,
  severalReports,
  type InventedPerson,
  type InventedReport,
  type InventedStudy,
} from './invented-records.js'
export { inventedPdf } from './invented-pdf.js'
export type { LoopbackOptions, SeenRequest } from './loopback-server.js'
export { readAnswer, type AnswerFacts } from './read-answer.js'
export { standInModes, type StandInMode } from './stand-in-modes.js'
export {
  codeIn,
  startStandInMailServer,
  type MailServerOptions,
  type ReceivedMail,
  type StandInMailServer,
} from './start-stand-in-mail-server.js'
export { startStandInNcp, type StandInNcp, type StandInNcpOptions } from './start-stand-in-ncp.js'
export { startStandInSmp, type StandInRequest, type StandInSmp, type StandInSmpOptions } from './start-stand-in-smp.js'
export { signWithXmlsec1, verifyWithXmlsec1 } from './xmlsec1.js'
export { oidcPeople, type OidcPerson } from './oidc-people.js'
export {
  registrationOf,
  startOidcProvider,
  type OidcClient,
  type OidcProviderOptions,
  type OidcProviderStandIn,
} from './start-oidc-provider.js'
export * from './saml/index.js'
export * from './sis/index.js'
