import { explainSisError, SisError, type Health, type SisContext } from '@emrex-gateway/core'
import type { VirtaClient } from './virta-client.js'

/** Of the right form; the number of nobody we have heard of. */
const nobody = { kansallinenOppijanumero: '1.2.246.562.24.00000000000' }

/** What this plugin relies on and no public source confirms; README.md says more. */
export const virtaAssumptions: readonly string[] = [
  'the address and the TLS of the production service, and that callers are let in by their network address',
  'how VIRTA refuses: we read the class of the code of a SOAP 1.1 fault, and take one of the sender for a refused caller',
  'that an unknown person is an empty answer',
  'that failed and unfinished studies are never delivered, with grade I (improbatur) of theses as the one doubt',
  'that names of the person are delivered: the public sample has none',
  'that the keys of parts belong to the same issuer as the whole',
  'that a question about a learner OID that nobody has may be asked to try the caller triple',
]

/** Asks about nobody, which tries the address, the network and the caller triple. */
export async function checkVirta(virta: VirtaClient, url: string, context: SisContext): Promise<Health> {
  const assumed = virtaAssumptions.map((each) => `not confirmed: ${each}`)
  const findings = url.startsWith('https:') ? assumed : ['the connection is not encrypted', ...assumed]
  try {
    await virta.ask('Opintosuoritukset', nobody, context)
  } catch (error) {
    if (!(error instanceof SisError)) throw error
    return { ok: false, findings: [`${error.kind}: ${explainSisError(error)}`, ...findings] }
  }
  return { ok: true, findings: ['VIRTA answers, and takes the caller triple', ...findings] }
}
