import { createHash } from 'node:crypto'
import type { RegistryEntry } from '@emrex-gateway/core'
import { describeCertificate, ElmoError, normaliseCertificate } from '@emrex-gateway/elmo'
import { checkAddress } from './check-address.js'
import { readCountryCode } from './country-code.js'
import type { ListOptions } from './ncp-list.js'

/** One row of a list as it was read: nothing in it is trusted to be there or to be text. */
export interface Candidate {
  readonly name: unknown
  readonly countryCode: unknown
  readonly url: unknown
  readonly institutions: readonly unknown[]
  readonly certificates: readonly unknown[]
}

export type EntryOutcome =
  | { readonly kind: 'entry'; readonly entry: RegistryEntry; readonly notices: readonly string[] }
  | { readonly kind: 'bad'; readonly reason: string }

/** An entry from a row, or the first reason why it cannot be used. Of several certificates one that can be read is enough. */
export function makeEntry(candidate: Candidate, options: ListOptions): EntryOutcome {
  const name = plainText(candidate.name)
  if (name === '') return bad('it has no name')

  const url = typeof candidate.url === 'string' ? candidate.url.trim() : ''
  if (url === '') return bad('it has no address')
  const complaint = checkAddress(url, options.allowLoopbackHttp ?? false)
  if (complaint !== undefined) return bad(complaint)

  const country = readCountryCode(candidate.countryCode)
  if (country === undefined) return bad('its country code is not two letters')

  const { certificates, damaged } = readCertificates(candidate.certificates)
  if (certificates.length === 0) return bad(damaged === 0 ? 'it has no certificate' : 'its certificate cannot be read')

  const notices = country.notice === undefined ? [] : [country.notice]
  if (damaged > 0) notices.push(`${damaged} of ${certificates.length + damaged} certificates cannot be read`)
  const institutions = [...new Set(candidate.institutions.map(plainText))].filter((each) => each !== '')
  return {
    kind: 'entry',
    entry: { id: idOfAddress(url), name, countryCode: country.code, url, institutions, certificates },
    notices,
  }
}

/** Text on one line, without control characters; '' for anything else. */
export function plainText(value: unknown): string {
  return typeof value === 'string' ? value.replace(/[\p{Cc}\s]+/gu, ' ').trim() : ''
}

function bad(reason: string): EntryOutcome {
  return { kind: 'bad', reason }
}

/** From the parsed address, so that two spellings of one address are one NCP. */
function idOfAddress(url: string): string {
  return createHash('sha256').update(new URL(url).href).digest('base64url').slice(0, 16)
}

function readCertificates(texts: readonly unknown[]): { certificates: string[]; damaged: number } {
  const certificates = new Set<string>()
  let damaged = 0
  for (const text of texts) {
    if (typeof text !== 'string' || text.trim() === '') continue
    try {
      const pem = normaliseCertificate(text)
      // Whoever looks at the ends of all certificates must not fail at one of them.
      describeCertificate(pem)
      certificates.add(pem)
    } catch (error) {
      if (!(error instanceof ElmoError)) throw error
      damaged += 1
    }
  }
  return { certificates: [...certificates], damaged }
}
