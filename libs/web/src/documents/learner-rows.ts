import { shownCountry, shownDay } from '@emrex-gateway/core'
import { birthDateOf, type Learner } from '@emrex-gateway/elmo'
import type { Translate } from '../texts/translator.js'

interface Row {
  readonly name: string
  readonly value: string
}

/** All that a document says about the person: the preview hides nothing that is sent. */
export function learnerRows(learner: Learner, t: Translate, language: string): Row[] {
  const { givenNames, familyName, currentAddress = {} } = learner
  const birthDate = birthDateOf(learner)
  return [
    { name: t('document.name'), value: `${givenNames} ${familyName}` },
    ...row(t('document.other-name'), learner.alternativeName?.value),
    ...row(t('document.birth-name'), learner.birthName),
    ...row(t('document.birth-date'), birthDate && shownDay(birthDate)),
    ...row(t('document.birth-place'), learner.placeOfBirth),
    ...row(t('document.birth-country'), shownCountry(learner.countryOfBirth ?? '', language)),
    ...row(t('document.citizenship'), shownCountry(learner.citizenship ?? '', language)),
    ...row(t('document.gender'), genderText(learner.gender?.trim(), t)),
    ...(learner.identifier ?? []).flatMap(({ type, value }) => row(identifierName(type, t), value)),
    ...row(t('document.address'), Object.values(currentAddress).flat().join(', ')),
  ]
}

const row = (name: string, value = ''): Row[] => (value.trim() === '' ? [] : [{ name, value }])

/** What a kind of identifier is called, or its own name where it is none of the usual ones. */
export const identifierName = (type: string, t: Translate): string =>
  type === 'nationalIdentifier' ? t('document.national-id') : type === 'esi' ? t('document.esi') : type

/** Spec: ISO/IEC 5218. */
function genderText(gender: string | undefined, t: Translate): string | undefined {
  if (gender === '0' || gender === '1' || gender === '2' || gender === '9') return t(`document.gender.${gender}`)
  return gender
}
