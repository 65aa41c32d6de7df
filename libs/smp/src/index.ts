export { DeliveryWorker, type DeliveryPoint, type DeliveryWorkerOptions } from './flow/deliver.js'
export { judgeAnswer, type AnswerJudgement, type AnswerQuestion } from './flow/judge-answer.js'
export type { SmpEntry } from './flow/smp-entry.js'
export { SmpFlow, type SmpHost } from './flow/smp-flow.js'
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
