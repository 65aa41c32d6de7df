import type { SamlRequestRules } from '../profile.js'
import { escapeXml } from '../xml/escape-xml.js'

const entityFormat = 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity'

/** Who we are, in the form that the operator wants. */
export function issuerElement(entityId: string, form: SamlRequestRules['issuer'] = 'plain'): string {
  const qualifier = form === 'qualified' ? ` NameQualifier="${escapeXml(entityId)}"` : ''
  const format = form === 'plain' ? '' : ` Format="${entityFormat}"`
  return `<saml:Issuer${format}${qualifier}>${escapeXml(entityId)}</saml:Issuer>`
}
