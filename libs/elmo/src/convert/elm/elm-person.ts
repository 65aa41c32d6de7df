import type { FlexibleAddress, Learner } from '../../model.js'
import { pointer } from '../loss-report.js'
import { conceptOf, type ElmNode } from './elm-node.js'
import { listOf, undetermined, type ElmWriting } from './elm-writing.js'
import { schemes, sexConcepts } from './elm-vocabulary.js'

/** An address as lines of text: ELM has no parts of it but the country. */
function addressLines(address: FlexibleAddress): string[] {
  const { recipientName = [], addressLine = [], deliveryPointCode = [], postalCode, locality, region } = address
  const { buildingNumber, buildingName, streetName, unit, floor, postOfficeBox } = address
  const lines = [
    ...recipientName,
    ...addressLine,
    [streetName, buildingNumber],
    [buildingName, floor, unit],
    [postOfficeBox, ...deliveryPointCode],
    [postalCode, locality],
    [region],
  ]
  return lines
    .map((line) => (typeof line === 'string' ? line : line.filter((part) => part !== undefined).join(' ')))
    .filter((line) => line.trim() !== '')
}

function addressLocation(learner: Learner, writing: ElmWriting): ElmNode | undefined {
  const { currentAddress } = learner
  if (currentAddress === undefined) return undefined
  const from = '/learner/currentAddress'
  const countryCode = writing.country(currentAddress.country, pointer(from, 'country'))
  if (countryCode === undefined) return void writing.report.add('PLACE_WITHOUT_COUNTRY', from)
  writing.report.add('ADDRESS_AS_TEXT', from)
  const lines = addressLines(currentAddress)
  const text = lines.length === 0 ? undefined : { [undetermined]: lines.join('\n') }
  return writing.node('Location', {
    address: [writing.node('Address', { fullAddress: writing.note(text), countryCode })],
  })
}

/** A place is an address, and an address has a country: without one a place cannot be said. */
function birthPlace({ placeOfBirth, countryOfBirth }: Learner, writing: ElmWriting): ElmNode | undefined {
  const countryCode = writing.country(countryOfBirth, '/learner/countryOfBirth')
  if (countryCode === undefined) {
    if (placeOfBirth !== undefined) writing.report.add('PLACE_WITHOUT_COUNTRY', '/learner/placeOfBirth')
    return undefined
  }
  return writing.node('Location', {
    geographicName: placeOfBirth === undefined ? undefined : { [undetermined]: placeOfBirth },
    address: [writing.node('Address', { countryCode })],
  })
}

function sex(gender: string | undefined, writing: ElmWriting): ElmNode | undefined {
  if (gender === undefined) return undefined
  const code = /^[+-]?0*(\d)$/.exec(gender.trim())?.[1] ?? ''
  const concept = sexConcepts[code]
  if (concept === undefined) return void writing.report.add('VALUE_NOT_VALID', '/learner/gender')
  if (code !== gender) writing.report.add('VALUE_REWRITTEN', '/learner/gender')
  return conceptOf(concept, schemes.sex)
}

/** `bday` and `dateOfBirth` are one date in ELM; the latter counts. */
function birthDate({ bday, dateOfBirth }: Learner, writing: ElmWriting): string | undefined {
  if (dateOfBirth !== undefined && bday !== undefined && bday !== dateOfBirth) {
    writing.report.add('BIRTH_DATES_DIFFER', '/learner/bday')
  }
  return writing.dateTime(dateOfBirth ?? bday, dateOfBirth === undefined ? '/learner/bday' : '/learner/dateOfBirth')
}

/** The learner as the subject of a credential. */
export function personOf(
  learner: Learner,
  claims: readonly ElmNode[],
  nationalIdCountry: string | undefined,
  writing: ElmWriting,
): ElmNode {
  const { givenNames, familyName, alternativeName, birthName, citizenship, identifier } = learner
  const text = (value: string | undefined): ElmNode | undefined =>
    value === undefined ? undefined : { [undetermined]: value }
  const national = identifier?.find(({ type }) => type === 'nationalIdentifier')
  const spatial = writing.aside().country(nationalIdCountry, '')
  writing.drop('/learner', {
    citizenshipType: learner.citizenshipType === 'ISO' ? undefined : learner.citizenshipType,
    countryOfBirthType: learner.countryOfBirthType === 'ISO' ? undefined : learner.countryOfBirthType,
  })
  return writing.node('Person', {
    givenName: text(givenNames),
    familyName: text(familyName),
    fullName: text([givenNames, familyName].filter((name) => name !== '').join(' ')),
    altLabel: writing.texts(alternativeName && [alternativeName], '/learner/alternativeName'),
    birthName: text(birthName),
    dateOfBirth: birthDate(learner, writing),
    placeOfBirth: birthPlace(learner, writing),
    citizenshipCountry: listOf(writing.country(citizenship, '/learner/citizenship')),
    gender: sex(learner.gender, writing),
    identifier: writing.identifiers(identifier),
    nationalID: national && spatial && writing.node('LegalIdentifier', { notation: national.value, spatial }),
    location: addressLocation(learner, writing),
    hasClaim: claims,
  })
}
