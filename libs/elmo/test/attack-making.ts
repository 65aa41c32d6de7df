import type { ElmoErrorCode } from '../src/elmo-error.js'
import type { Pick, Twin } from './attack-mutants.js'

export interface Attack {
  readonly xml: string | Uint8Array
  readonly code: ElmoErrorCode
  readonly certificates?: readonly string[]
}

export type AttackKind = (twin: Twin, pick: Pick) => Attack

export const spaces = ['', ' ', '\n', '\r\n\t'] as const
export const attackerUri = 'urn:attacker'

/** The text with one change, which must take. */
export function change(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, () => to)
  if (changed === text) throw new Error('The attack changed nothing.')
  return changed
}

/** The twin with another signature in the place of its own. */
export const withSignature = ({ text, signature }: Twin, other: string): string => change(text, signature, other)
export const inSignature = (twin: Twin, from: string | RegExp, to: string): string =>
  withSignature(twin, change(twin.signature, from, to))
export const unsigned = (twin: Twin): string => change(twin.text, twin.signature, '')
export const rootOf = (text: string): string => text.slice(text.indexOf('<elmo'), text.lastIndexOf('>') + 1)
export const tag = ({ prefix }: Twin, name: string): string => `${prefix}${name}`
export const partOf = (twin: Twin, name: string): string =>
  new RegExp(`<${tag(twin, name)}[ >][^]*</${tag(twin, name)}>`).exec(twin.signature)![0]
export const attributesOf = (twin: Twin, name: string): RegExp => new RegExp(`(?<=<${tag(twin, name)}) [^>]*?(?=/?>)`)
/** Sets what an element of the signature says as algorithm. */
export const algorithm = (twin: Twin, name: string, uri: string): string =>
  inSignature(twin, attributesOf(twin, name), ` Algorithm="${uri}"`)

/** Elements of the twin, in which something can be put. */
export const hosts = ['learner', 'report', 'issuer', 'learningOpportunitySpecification', 'specifies', 'credit'] as const
export const putInto = (text: string, host: string, put: string): string =>
  host === 'elmo'
    ? text.replace(/<\/elmo>(?!<)/, () => `${put}</elmo>`)
    : change(text, `</${host}>`, `${put}</${host}>`)
/** The content wrapped into so many elements that nobody knows. */
export const wrapped = (content: string, levels: number): string =>
  '<w:wrap xmlns:w="urn:w">'.repeat(levels) + content + '</w:wrap>'.repeat(levels)

export const structure = (xml: string): Attack => ({ xml, code: 'ELMO_SIGNATURE_STRUCTURE' })
export const missing = (xml: string): Attack => ({ xml, code: 'ELMO_SIGNATURE_MISSING' })
export const weak = (xml: string): Attack => ({ xml, code: 'ELMO_SIGNATURE_WEAK' })
export const invalid = (xml: string): Attack => ({ xml, code: 'ELMO_SIGNATURE_INVALID' })
export const markup = (xml: string): Attack => ({ xml, code: 'ELMO_FORBIDDEN_MARKUP' })
export const illFormed = (xml: string): Attack => ({ xml, code: 'ELMO_NOT_WELL_FORMED' })
export const encoding = (xml: Uint8Array): Attack => ({ xml, code: 'ELMO_ENCODING' })
