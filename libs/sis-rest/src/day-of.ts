import { calendarDay } from '@emrex-gateway/core'

/** A calendar day as written: a time or a zone behind it (`2024-06-01Z`, `2024-06-01+02:00`) is cut off, never shifted by. */
export const dayOf = (text: string | undefined): string | undefined =>
  calendarDay(text?.trim().replace(/^(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:?\d{2})$/, '$1'))
