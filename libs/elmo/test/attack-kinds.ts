import type { AttackKind } from './attack-making.js'
import { attacksOnStructure } from './attacks-on-structure.js'
import { attacksOnValues } from './attacks-on-values.js'

/** Every kind of attack, by what it tries. Each makes many of its kind, and tells the code that must refuse them. */
export const attackKinds: Readonly<Record<string, AttackKind>> = { ...attacksOnStructure, ...attacksOnValues }
