import { X509Certificate } from 'node:crypto'
import { explainSisError, SisError, type Health, type SisContext } from '@emrex-gateway/core'
import { listInstitutions } from './find-people.js'
import type { RestClient } from './open-client.js'
import type { RestSettings } from './rest-settings.js'

const dayMs = 86_400_000

/** Tries our credential with the one call that is about nobody. */
export async function checkSystem(
  client: RestClient,
  { auth, source, target }: RestSettings,
  context: SisContext,
  now: Date,
): Promise<Health> {
  const findings: string[] = []
  let ok = true
  if (client.certificate !== undefined) {
    const left = Math.floor((Date.parse(new X509Certificate(client.certificate).validTo) - now.getTime()) / dayMs)
    findings.push(left < 0 ? 'our certificate has expired' : `our certificate is valid for ${left} more days`)
    ok = left >= 0
  }
  try {
    const institutions = await listInstitutions(client, context)
    findings.push(`the system takes our credential (${auth.kind}) and lists ${institutions.length} institutions`)
    if (institutions.length === 0) findings.push('without an institution nobody can be found')
    ok &&= institutions.length > 0
  } catch (error) {
    findings.push(error instanceof SisError ? explainSisError(error) : 'the system could not be asked')
    ok = false
  }
  if (source) findings.push('not confirmed: that people can be searched and their results read (it takes a person)')
  if (target)
    findings.push('not confirmed: that deliveries are taken, and the same one only once (it takes a delivery)')
  return { ok, findings }
}
