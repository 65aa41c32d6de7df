import { shownCountry, shownDay } from '@emrex-gateway/core'
import { birthDateOf, creditSum, type FlexibleAddress } from '@emrex-gateway/elmo'
import { shownInstant, type Content } from './content.js'
import { fact, writeFacts } from './fact-table.js'

/** The person, as the document has them: what is sent is shown. */
export async function writeLearner(content: Content): Promise<void> {
  const { elmo, writer } = content
  const { learner } = elmo
  const words = content.words.learner
  const [given = '', family = '', other = '', atBirth = ''] = words.names
  const { ects, certain } = creditSum(elmo)
  writer.heading(2, { text: words.heading })
  await writeFacts(writer, [
    ...fact(given, learner.givenNames),
    ...fact(family, learner.familyName),
    ...fact(
      other,
      learner.alternativeName && { text: learner.alternativeName.value, lang: learner.alternativeName.lang },
    ),
    ...fact(atBirth, learner.birthName),
    ...fact(words.birthDate, shownDay(birthDateOf(learner) ?? '')),
    ...fact(words.birthPlace, learner.placeOfBirth),
    ...fact(words.birthCountry, shownCountry(learner.countryOfBirth ?? '', content.words.language)),
    ...fact(words.citizenship, shownCountry(learner.citizenship ?? '', content.words.language)),
    ...fact(words.gender, learner.gender && (words.genders[learner.gender.trim()] ?? learner.gender)),
    ...(learner.identifier ?? []).flatMap(({ type, value }) => fact(words.identifier(type), value)),
    ...fact(words.address, learner.currentAddress && addressText(learner.currentAddress)),
    ...fact(words.generated, shownInstant(elmo.generatedDate)),
    ...fact(words.total, ects === undefined ? undefined : words.totalText(ects, certain)),
  ])
}

function addressText(address: FlexibleAddress): string {
  const { recipientName = [], addressLine = [], deliveryPointCode = [] } = address
  const street = [address.streetName, address.buildingNumber, address.buildingName, address.unit, address.floor]
  const place = [address.postalCode, address.locality]
  const joined = (parts: readonly (string | undefined)[]) => parts.filter((part) => part?.trim()).join(' ')
  const box = [address.postOfficeBox, ...deliveryPointCode]
  return [...recipientName, ...addressLine, joined(street), joined(box), joined(place), address.region, address.country]
    .filter((line) => line?.trim())
    .join('\n')
}
