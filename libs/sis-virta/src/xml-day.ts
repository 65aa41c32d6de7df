import { calendarDay } from '@emrex-gateway/core'

/** The day of an `xs:date` as it is written: a zone is cut off, never reckoned with. Undefined where it is none. */
export const xmlDay = (text: string | undefined): string | undefined =>
  calendarDay(text?.replace(/(?:Z|[+-]\d{2}:\d{2})$/, ''))
