import type { SamlResponseRules } from '../profile.js'
import { holdsAt } from '../relaxation.js'
import type { EncryptionPolicy } from './parse-encrypted-assertion.js'

/**
 * What may be decrypted at this instant. CBC needs more than its relaxation: without a signature around the whole, which
 * is checked before, whoever may alter the octets could learn from our answers what they hold.
 */
export function encryptionPolicyAt(
  { relax }: Pick<SamlResponseRules, 'relax'>,
  now: Date,
  isOutsideVerified: boolean,
): EncryptionPolicy {
  return {
    aesCbc: isOutsideVerified && holdsAt(relax?.aesCbc, now),
    oaepSha1: holdsAt(relax?.oaepSha1, now),
    keyLength: holdsAt(relax?.keyLength, now),
  }
}
