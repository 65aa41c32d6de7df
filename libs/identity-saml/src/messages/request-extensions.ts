import type { ClaimRule } from '@emrex-gateway/core'
import type { SamlRequestRules } from '../profile.js'
import { escapeXml } from '../xml/escape-xml.js'

/** An attribute that is asked for by its first name. */
interface Wanted {
  readonly name: string
  readonly isRequired: boolean
}

/** The attributes of a profile, each once; required when one of its rules says so. */
export function wantedAttributes(rules: readonly ClaimRule[]): Wanted[] {
  const wanted = new Map<string, boolean>()
  for (const { names, required } of rules) {
    const name = names[0]
    if (name !== undefined) wanted.set(name, (wanted.get(name) ?? false) || required === true)
  }
  return [...wanted].map(([name, isRequired]) => ({ name, isRequired }))
}

/** Extensions of the request, or nothing where the operator has none. */
export function requestExtensions(request: SamlRequestRules, rules: readonly ClaimRule[]): string {
  const parts: string[] = []
  if (request.eidas !== undefined) parts.push(...eidas(request.eidas.spType, rules))
  if (request.akdb === true) parts.push(akdb(rules))
  return parts.length === 0 ? '' : `<samlp:Extensions>${parts.join('')}</samlp:Extensions>`
}

/** Spec: eIDAS SAML Message Format 1.2, sections 2.3.1 and 2.4. */
function eidas(spType: 'public' | 'private' | 'none', rules: readonly ClaimRule[]): string[] {
  const namespace = 'xmlns:eidas="http://eidas.europa.eu/saml-extensions"'
  const requested = wantedAttributes(rules).map(
    ({ name, isRequired }) =>
      `<eidas:RequestedAttribute Name="${escapeXml(name)}" FriendlyName="${escapeXml(lastPart(name))}" ` +
      `NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" isRequired="${isRequired}"/>`,
  )
  return [
    ...(spType === 'none' ? [] : [`<eidas:SPType ${namespace}>${spType}</eidas:SPType>`]),
    ...(requested.length === 0
      ? []
      : [`<eidas:RequestedAttributes ${namespace}>${requested.join('')}</eidas:RequestedAttributes>`]),
  ]
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1)

/** What BundID asks a service to send along, from public integrations of it. */
function akdb(rules: readonly ClaimRule[]): string {
  const requested = wantedAttributes(rules).map(
    ({ name, isRequired }) => `<akdb:RequestedAttribute Name="${escapeXml(name)}" RequiredAttribute="${isRequired}"/>`,
  )
  return (
    '<akdb:AuthenticationRequest xmlns:akdb="https://www.akdb.de/request/2018/09" Version="2">' +
    `<akdb:RequestedAttributes>${requested.join('')}</akdb:RequestedAttributes></akdb:AuthenticationRequest>`
  )
}
