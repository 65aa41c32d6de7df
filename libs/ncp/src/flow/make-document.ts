import { ElmoError, writeSignedElmo, type Elmo } from '@emrex-gateway/elmo'
import type { NcpEntry } from './ncp-entry.js'

/** The signed document, or the rules that it would break, with their places and without any value. */
export type MadeDocument = { readonly xml: Uint8Array } | { readonly broken: string }

/** Writes and signs what was chosen. What breaks the table of the format is never signed. */
export function makeDocument(
  selected: Elmo,
  at: Date,
  { signingKey, signatureEngine }: Pick<NcpEntry, 'signingKey' | 'signatureEngine'>,
): MadeDocument {
  const elmo = { ...selected, generatedDate: at.toISOString() }
  try {
    return { xml: writeSignedElmo(elmo, signingKey, { engine: signatureEngine }) }
  } catch (error) {
    if (!(error instanceof ElmoError) || error.code !== 'ELMO_INVALID') throw error
    const { problems = [] } = error.details
    return { broken: problems.map(({ rule, path = '' }) => `${rule} ${path}`).join(', ') }
  }
}
