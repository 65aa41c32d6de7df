import type { ReasonCode } from '@emrex-gateway/core'
import type { Translate } from '@emrex-gateway/web'

/** Where the page of a reason speaks to an applicant or a student: what a caller does instead. */
const nextOfCaller: Partial<Record<ReasonCode, `api.call.${'malformed' | 'large' | 'over' | 'withdrawn'}-next`>> = {
  REQUEST_MALFORMED: 'api.call.malformed-next',
  BODY_TOO_LARGE: 'api.call.large-next',
  REQUEST_EXPIRED: 'api.call.over-next',
  REQUEST_DELETED: 'api.call.over-next',
  REQUEST_WITHDRAWN: 'api.call.withdrawn-next',
}

/** What a problem says to who calls the API. */
export const callerWords = (code: ReasonCode, t: Translate) => ({
  title: t(`problem.${code}.title`),
  detail: code === 'REQUEST_MALFORMED' ? t('api.call.malformed') : t(`problem.${code}.what`),
  next: t(nextOfCaller[code] ?? `problem.${code}.next`),
})
