import type { FlexibleAddress, Learner } from '../../model.js'
import type { ElmAt, ElmReading } from './elm-reading.js'
import { keyOf, sexConcepts } from './elm-vocabulary.js'

/** An address: its text line by line, at most four, and its country. */
function addressOf(location: ElmAt | undefined, reading: ElmReading): FlexibleAddress | undefined {
  const address = location && reading.one(location, 'address')
  if (address === undefined) return undefined
  const note = reading.one(address, 'fullAddress')
  const lines = (note && reading.plain(note, 'noteLiteral'))?.split(/\r\n|\r|\n/) ?? []
  const addressLine = lines.length > 4 ? [...lines.slice(0, 3), lines.slice(3).join(', ')] : lines
  const country = reading.country(reading.one(address, 'countryCode'))
  return {
    ...(addressLine.length === 0 ? {} : { addressLine }),
    ...(country === undefined ? {} : { country }),
  }
}

/** The names, of which ELMO demands two; a full name alone becomes the family name. */
function namesOf(person: ElmAt, reading: ElmReading): { givenNames: string; familyName: string } {
  const givenNames = reading.plain(person, 'givenName')
  const familyName = reading.plain(person, 'familyName')
  const parts = [givenNames, familyName].filter((name) => name !== undefined && name !== '')
  const full = reading.aside().texts(person, 'fullName')[0]?.value
  if (parts.length === 0) return { givenNames: '', familyName: reading.plain(person, 'fullName') ?? '' }
  if (full === parts.join(' ')) reading.plain(person, 'fullName')
  return { givenNames: givenNames ?? '', familyName: familyName ?? '' }
}

/** The subject of a credential as the learner. */
export function readPerson(person: ElmAt, reading: ElmReading): Learner {
  const alternativeName = reading.first(person, 'altLabel')
  const birth = reading.one(person, 'placeOfBirth')
  const birthAddress = birth && reading.one(birth, 'address')
  const sex = reading.one(person, 'gender')
  const identifier = reading.identifiers(person, 'identifier')
  const national = reading.one(person, 'nationalID')
  const notation = national && reading.text(national, 'notation')
  if (notation !== undefined && !identifier.some(({ value }) => value === notation)) {
    identifier.unshift({ type: 'nationalIdentifier', value: notation })
  }
  const scheme = national && reading.aside().text(national, 'schemeName')
  if (national !== undefined && identifier.some(({ type, value }) => value === notation && type === scheme)) {
    reading.skip(national, 'schemeName')
  }
  const learner = {
    citizenship: reading.country(reading.one(person, 'citizenshipCountry')),
    identifier: identifier.length === 0 ? undefined : identifier,
    ...namesOf(person, reading),
    alternativeName,
    dateOfBirth: reading.date(person, 'dateOfBirth'),
    placeOfBirth: birth && reading.plain(birth, 'geographicName'),
    countryOfBirth: birthAddress && reading.country(reading.one(birthAddress, 'countryCode')),
    birthName: reading.plain(person, 'birthName'),
    currentAddress: addressOf(reading.one(person, 'location'), reading),
    gender: sex && keyOf(sexConcepts, reading.id(sex)),
  }
  if (sex !== undefined && learner.gender === undefined) reading.report.add('ELM_NOT_READ', sex.path)
  return learner
}
