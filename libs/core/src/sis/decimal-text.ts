/**
 * A decimal as text: dot, no exponent, no trailing zeros; "0" stays "0". Undefined when it is none. Oracle writes a half
 * as ".5".
 */
export function decimalText(text: string | undefined): string | undefined {
  const parts = /^(?=.)(\d*)(?:[.,](\d+))?$/.exec(text ?? '')
  if (parts === null) return undefined
  const whole = parts[1]!.replace(/^0+(?=\d)/, '') || '0'
  const fraction = (parts[2] ?? '').replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}
