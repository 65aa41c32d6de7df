import type { AttackCases } from './attack-case.js'
import { decryptedAttacks } from './decrypted-attacks.js'
import { detachedAttacks } from './detached-attacks.js'
import { keyAttacks } from './key-attacks.js'
import { loginAttacks } from './login-attacks.js'
import { protocolAttacks } from './protocol-attacks.js'
import { signatureAttacks } from './signature-attacks.js'
import { xmlAttacks } from './xml-attacks.js'

/** Every row of the catalogue that the core can answer, with the good twins. */
export const attackCases: AttackCases = (keys) =>
  [xmlAttacks, signatureAttacks, keyAttacks, decryptedAttacks, protocolAttacks, loginAttacks, detachedAttacks].flatMap(
    (attacks) => attacks(keys),
  )
