export { createdBody, linkBody, purposeBody, requestBody, resultBody } from './api/bodies.js'
export { findApiKey, hashApiKey, newApiKey } from './api/api-key.js'
export type {
  ApiClient,
  ApiHost,
  ApiKey,
  ApiScope,
  ImportApi,
  LocalText,
  Purpose,
  ReminderMail,
  WebhookReceiver,
} from './api/import-api.js'
export { apiScopes, localText } from './api/import-api.js'
export { ImportRequests } from './api/import-requests.js'
export { openImportApi, type OpenImportApi } from './api/open-import-api.js'
export { OrderError, parseOrder, type Order } from './api/order.js'
export type { RequestState } from './api/request-state.js'
export { extractFields, fieldProfiles, resultFields, type FieldProfile, type ResultField } from './api/result-fields.js'
export { isSignedWebhook, parseWebhookSecret, signWebhook, type WebhookEvent } from './api/webhook-event.js'
export { DeliveryWorker, isDeliveryQueue, type DeliveryPoint, type DeliveryWorkerOptions } from './flow/deliver.js'
export { judgeAnswer, type AnswerJudgement, type AnswerQuestion } from './flow/judge-answer.js'
export type { AskedApplicant, GivenByApplicant, RequestDesk } from './flow/request-desk.js'
export type { SmpEntry } from './flow/smp-entry.js'
export { SmpFlow } from './flow/smp-flow.js'
export type { SmpHost } from './flow/smp-host.js'
export type { SmpPage, StaffCase, StaffPage } from './flow/smp-page.js'
export type { CaseReason, Judged, SmpState, SmpTransfer } from './flow/smp-transfer.js'
export { StaffFlow, type StaffState } from './flow/staff-flow.js'
export {
  askNcp,
  takeAnswer,
  type AskedNcp,
  type ExpectedPerson,
  type TakeAnswerOptions,
  type TakenAnswer,
} from './flow/take-answer.js'
