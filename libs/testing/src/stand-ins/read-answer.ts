import { gunzipSync } from 'node:zlib'
import { verifyWithXmlsec1 } from './xmlsec1.js'

/** What a stand-in SMP reads out of an answer by plain string reading; it validates nothing. */
export interface AnswerFacts {
  readonly xml: string
  /** Whether xmlsec1 accepts the signature under the given certificate. */
  readonly isSignatureGood: boolean
  readonly givenNames: string | undefined
  readonly familyName: string | undefined
  readonly birthDate: string | undefined
  readonly reports: number
  /** Titles of everything with a result, in document order. */
  readonly titles: readonly string[]
  readonly credits: readonly string[]
  readonly attachments: number
}

/**
 * Unpacks and reads the `elmo` value of an answer as strictly as the strictest clients of the network do: standard
 * base64 on one line, gzip, UTF-8. @throws when it is anything else, or when xmlsec1 is missing.
 */
export async function readAnswer(elmo: string, certificate: string): Promise<AnswerFacts> {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(elmo) || elmo.length % 4 !== 0) throw new Error('elmo is not base64 on one line')
  const bytes = gunzipSync(Buffer.from(elmo, 'base64'))
  const xml = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  const learner = /<learner>[^]*?<\/learner>/.exec(xml)?.[0] ?? ''
  const studies = xml.split('<learningOpportunitySpecification>').slice(1)
  return {
    xml,
    isSignatureGood: await verifyWithXmlsec1(bytes, certificate),
    givenNames: contentsOf('givenNames', learner)[0],
    familyName: contentsOf('familyName', learner)[0],
    birthDate: contentsOf('bday', learner)[0],
    reports: contentsOf('report', xml).length,
    titles: studies.flatMap((study) => contentsOf('title', study)[0] ?? []),
    credits: contentsOf('credit', xml).flatMap((credit) => contentsOf('value', credit)[0] ?? []),
    attachments: contentsOf('attachment', xml).length,
  }
}

function contentsOf(name: string, xml: string): string[] {
  const matches = xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([^]*?)</${name}>`, 'g'))
  return [...matches].map((match) => unescape(match[1] ?? ''))
}

function unescape(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
  return text
    .replace(/&#(x?)([0-9a-fA-F]+);/g, (_, hex: string, digits: string) =>
      String.fromCodePoint(Number.parseInt(digits, hex === '' ? 10 : 16)),
    )
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => named[name] ?? '')
}
