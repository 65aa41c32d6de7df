import type { LogFields } from '@emrex-gateway/core'

/** Fields that no line may hold, whatever stands in them. */
const names =
  /^(cookie|set-?cookie|authori[sz]ation|password|passphrase|secret|token|.*(access|refresh|id)_?token|saml(response|request)|elmo|body|form|(given|family|birth)_?names?|surname|email|e-?mail|birth_?date|national_?id|ip|address)$/i

/** What gives itself away: an address of mail, a signed token, a key, a date of birth in a national number. */
const looks: readonly RegExp[] = [
  /[^\s@<>"']+@[^\s@<>"']+\.[a-z]{2,}/gi,
  /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\bBearer\s+[\w.~+/=-]+/gi,
]

/** The same fields, without what must not be told. The log's callers give nothing of that kind; this is for the day when one does. */
export function redacted(fields: LogFields = {}): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (names.test(name)) return [name, '[redacted]']
      return [name, typeof value === 'string' ? withoutSecrets(value) : value]
    }),
  )
}

const withoutSecrets = (text: string): string => looks.reduce((left, look) => left.replace(look, '[redacted]'), text)
