import { demand } from '../saml-refusal.js'

const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/

/**
 * Milliseconds since 1970 of an instant as SAML writes it: UTC with a `Z`, perhaps with a fraction of a second.
 *
 * Spec: SAML 2.0 Core, 1.3.3.
 * @throws {SamlRefusal} `time`, when it is missing or written in another way
 */
export function instant(text: string | undefined): number {
  const written = text ?? ''
  demand(form.test(written), 'time')
  const time = Date.parse(written)
  demand(!Number.isNaN(time), 'time')
  // The thirtieth of February would be read as another day.
  demand(new Date(time).toISOString().startsWith(written.slice(0, 19)), 'time')
  return time
}
