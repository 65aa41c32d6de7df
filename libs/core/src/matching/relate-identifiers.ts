import { isSameNationalId, normaliseNationalId } from './normalise-national-id.js'
import { parseEsi } from './parse-esi.js'
import { parsePersonIdentifier } from './parse-person-identifier.js'

export interface StrongIdentifier {
  readonly scheme: string
  readonly value: string
}

export interface RelatedIdentifiers {
  readonly shared: boolean
  readonly contradicts: boolean
}

/** An identifier in its number space: only inside one space can two values be the same, or contradict. */
interface Placed {
  readonly space: string
  readonly mayContradict: boolean
  isSame(other: StrongIdentifier): boolean
}

function placed({ scheme, value }: StrongIdentifier): Placed {
  if (scheme.startsWith('national:')) {
    const id = normaliseNationalId(scheme.slice('national:'.length), value)
    return {
      space: `national:${id.country}`,
      mayContradict: !id.interim && id.warning === undefined,
      isSame: (other) => isSameNationalId(id, normaliseNationalId(id.country, other.value)),
    }
  }
  const eidas = scheme === 'eidas' ? parsePersonIdentifier(value) : undefined
  // A country makes another identifier of the same person for every country that receives it, and with a new card perhaps
  // another one for the same country.
  if (eidas !== undefined)
    return {
      space: `eidas:${eidas.country}/${eidas.receivingCountry}`,
      mayContradict: false,
      isSame: (other) => parsePersonIdentifier(other.value)?.id === eidas.id,
    }
  const esi = scheme === 'esi' ? parseEsi(value) : undefined
  // What Sweden makes of an identifier of eIDAS is another one for every eID, too.
  if (esi === undefined)
    return { space: scheme, mayContradict: scheme !== 'prid', isSame: (other) => other.value.trim() === value.trim() }
  // Every university gives its own ESI: two of different issuers say nothing about each other.
  return {
    space: `esi:${esi.issuer}`,
    mayContradict: true,
    isSame: (other) => parseEsi(other.value)?.number === esi.number,
  }
}

/**
 * Relates the strong identifiers of two persons. `contradicts`: in one number space both have values and none is shared.
 * Numbers given for the time being (D-number, coordination number, bis number), numbers that cannot be right, and
 * identifiers of eIDAS, which every eID of a person has its own of, never contradict.
 */
export function relateIdentifiers(a: readonly StrongIdentifier[], b: readonly StrongIdentifier[]): RelatedIdentifiers {
  const shared = new Set<string>()
  const both = new Set<string>()
  for (const one of a.map(placed))
    for (const other of b) {
      const otherPlaced = placed(other)
      if (one.space !== otherPlaced.space) continue
      if (one.isSame(other)) shared.add(one.space)
      else if (one.mayContradict && otherPlaced.mayContradict) both.add(one.space)
    }
  return { shared: shared.size > 0, contradicts: [...both].some((space) => !shared.has(space)) }
}
