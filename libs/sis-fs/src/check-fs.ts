import { explainSisError, SisError, type Health, type SisContext } from '@emrex-gateway/core'
import { studentsAnswer } from './fs-answers.js'
import type { FsClient } from './fs-client.js'
import { studentsQuery } from './fs-queries.js'
import type { ProofReader } from './read-proofs.js'

/** What is built upon and was never seen at a live system; the README says more of each. */
const assumed: readonly string[] = [
  'that the list of competence proofs holds failed results too',
  'that parts of a course are told by its structure (vurderingsoppbygninger)',
  'that a result says nothing about its announcement only before it is announced',
  'that FS answers with FORBIDDEN or ADRESSESPERRE for a person whose address is blocked',
  'that the eleven digits which FS makes up for foreigners never have right check digits',
  'how errors are worded and coded; a limit on the complexity of queries',
  'the days of terms (setting terms)',
]

// No student has it.
const nobody = '0'

/** Tries the credential, the right to the institution and every field that is asked for; reads nothing about anybody. */
export async function checkFs(client: FsClient, reader: ProofReader, context: SisContext): Promise<Health> {
  const { organisasjonskode, institutionArgument, featureFlags } = client.settings
  const notConfirmed = assumed.map((claim) => `not confirmed: ${claim}`)
  try {
    await client.ask(
      studentsQuery('studenterGittStudentnumre', institutionArgument),
      { institution: organisasjonskode, numbers: [nobody] },
      studentsAnswer,
      context,
    )
    const keys = await reader.probe(context)
    return {
      ok: true,
      findings: [
        `the user may ask for institution ${organisasjonskode}`,
        `every field that is asked for is known (flags: ${featureFlags.join(', ') || 'none'}; language keys: ${keys})`,
        ...notConfirmed,
      ],
    }
  } catch (error) {
    if (!(error instanceof SisError)) throw error
    return { ok: false, findings: [`${error.kind}: ${explainSisError(error)}`, ...notConfirmed] }
  }
}
