import { createHash } from 'node:crypto'
import { demand } from '../saml-refusal.js'

const artifactBytes = 44

/**
 * The index of the endpoint that an artifact is to be resolved at. Nothing is asked of anybody: an artifact of another
 * entity than `entityId` ends here.
 *
 * Spec: SAML 2.0 Bindings, section 3.6.4 (type 0x0004).
 * @throws {SamlRefusal} `artifact`
 */
export function parseArtifact(artifact: string, entityId: string): number {
  const isPacked = artifact.length === 60 && /^[A-Za-z0-9+/]+=$/.test(artifact)
  demand(isPacked, 'artifact')
  const octets = Buffer.from(artifact, 'base64')
  demand(octets.length === artifactBytes, 'artifact')
  demand(octets.readUInt16BE(0) === 4, 'artifact')
  demand(octets.subarray(4, 24).equals(createHash('sha1').update(entityId).digest()), 'artifact')
  return octets.readUInt16BE(2)
}
