import { calendarDay } from '@emrex-gateway/core'

/** A calendar day as written, whatever stands around it. */
export const dayOf = (text: string | undefined): string | undefined => calendarDay(text?.trim())
