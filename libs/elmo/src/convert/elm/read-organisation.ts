import type { Issuer } from '../../model.js'
import type { ElmAt, ElmReading } from './elm-reading.js'

/** The type of an issuer's identifier that is its official one in its country. */
const legalIdentifierType = 'eidas'

/** An institution as an issuer; what ELMO demands and it lacks is empty, and for the caller to name. */
export function readOrganisation(at: ElmAt, reading: ElmReading): Issuer {
  const identifier = reading.identifiers(at, 'identifier')
  const legal = reading.one(at, 'eidasLegalIdentifier')
  const value = legal && reading.text(legal, 'notation')
  if (value !== undefined) identifier.push({ type: legalIdentifierType, value })
  const [homepage] = reading.many(at, 'homepage')
  const location = reading.one(at, 'location')
  const address = location && reading.one(location, 'address')
  const country = reading.country(address && reading.one(address, 'countryCode'))
  // Its official identifier is mostly of its own country, which is read already.
  const spatial = legal && reading.aside().one(legal, 'spatial')
  if (legal !== undefined && spatial !== undefined && reading.aside().country(spatial) === country)
    reading.skip(legal, 'spatial')
  const title = reading.texts(at, 'legalName')
  return {
    ...(country === undefined ? {} : { country }),
    identifier,
    title: title.length > 0 ? title : reading.texts(at, 'prefLabel'),
    url: (homepage && reading.text(homepage, 'contentURL')) ?? '',
  }
}
