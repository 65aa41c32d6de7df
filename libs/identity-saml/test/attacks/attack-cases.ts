import type { AttackCases } from './attack-case.js'
import { keyAttacks } from './key-attacks.js'
import { protocolAttacks } from './protocol-attacks.js'
import { xmlAttacks } from './xml-attacks.js'

/** Every row of the catalogue that the core can answer, with the good twins. */
export const attackCases: AttackCases = (keys) => [...xmlAttacks(keys), ...keyAttacks(keys), ...protocolAttacks(keys)]
