import { normaliseNationalId } from '@emrex-gateway/core'

/** Whether a text is a whole Finnish national number, and whether it was given for good; undefined where it is none. */
export function nationalIdKind(text: string): 'lifelong' | 'interim' | undefined {
  const { warning, interim } = normaliseNationalId('FI', text)
  return warning === 'form' ? undefined : interim ? 'interim' : 'lifelong'
}
