import { calendarDay } from '@emrex-gateway/core'

// Signs of the century; since 2023 several for each, because one had run out of numbers.
const centuries: Readonly<Record<string, string>> = {
  '+': '18',
  ...Object.fromEntries([...'-YXWVU'].map((sign) => [sign, '19'])),
  ...Object.fromEntries([...'ABCDEF'].map((sign) => [sign, '20'])),
}

/**
 * The day of birth that a Finnish national number says, or the part of one that institutions report where there is no
 * number: the day and the sign of the century. Undefined where it says none.
 */
export function birthDateOf(henkilotunnus: string): string | undefined {
  const parts = /^(\d\d)(\d\d)(\d\d)([-+A-FU-Y])(?:\d{3}[0-9A-Y])?$/.exec(henkilotunnus)
  const century = centuries[parts?.[4] ?? '']
  return parts === null || century === undefined
    ? undefined
    : calendarDay(`${century}${parts[3]}-${parts[2]}-${parts[1]}`)
}
