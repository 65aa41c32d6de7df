import type { Learner } from '../../model.js'
import type { RuleEntry } from '../lint-rule.js'
import { hasZone } from './dates.js'
import { isBlank } from './texts.js'

const nationalTypes = new Set(['ssn', 'nationallearnerid', 'nationalid', 'personnummer', 'cpr', 'hetu'])

/** Says which of the elements are there and hold nothing. */
const findBlank =
  (...names: readonly (keyof Learner)[]) =>
  (learner: Learner, found: (message: string, below?: string) => void): void => {
    for (const name of names) {
      const value = learner[name]
      if (typeof value === 'string' && isBlank(value)) found(`${name} is there and empty`, name)
    }
  }

/** Rules about the learner. */
export const learnerRules: readonly RuleEntry[] = [
  {
    id: 'LRN-CITIZENSHIP-OMIT',
    keyword: 'MUST',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A citizenship that is not known is left out, not sent empty.',
    hint: 'Leave the element out.',
    checks: { learner: findBlank('citizenship') },
  },
  {
    id: 'LRN-NAMES',
    keyword: 'MUST',
    severity: 'notice',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'Given names and family name are given; only where there is none the element stays empty.',
    hint: 'Fill both names; an empty one makes the receiver ask a person.',
    checks: { learner: findBlank('givenNames', 'familyName') },
  },
  {
    id: 'LRN-IDS',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'The learner has every identifier that the format names and the producer knows.',
    hint: 'Add nationalIdentifier where it may be sent, and esi (European Student Identifier).',
    checks: {
      learner: ({ identifier = [] }, found) => {
        const known = identifier.some(({ type }) => /^(nationalidentifier|esi)$/i.test(type.trim()))
        if (!known) found('the learner has no identifier of type nationalIdentifier or esi')
      },
    },
  },
  {
    id: 'LRN-NATIONAL-ID',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'nationalIdentifier holds the one primary national identification number.',
    hint: 'Send the primary number alone, under the type nationalIdentifier.',
    checks: {
      learner: ({ identifier = [] }, found) => {
        const types = identifier.map(({ type }) => type.trim())
        if (types.filter((type) => type === 'nationalIdentifier').length > 1) {
          found('several identifiers of type nationalIdentifier', 'identifier')
        }
        types.forEach((type, index) => {
          if (nationalTypes.has(type.toLowerCase())) {
            found('a national number under a type of its own', `identifier[${index + 1}]/@type`)
          }
        })
      },
    },
  },
  {
    id: 'LRN-BDAY',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'The birth date is there, for receivers find the person by it; one that is not known is left out.',
    hint: 'Send bday (from 2.0 on dateOfBirth).',
    checks: {
      learner: ({ bday, dateOfBirth }, found) => {
        if (bday === undefined && dateOfBirth === undefined) found('the birth date is missing')
        if (bday !== undefined && isBlank(bday)) found('bday is there and empty', 'bday')
        if (dateOfBirth !== undefined && isBlank(dateOfBirth)) found('dateOfBirth is there and empty', 'dateOfBirth')
      },
    },
  },
  {
    id: 'LRN-BDAY-TZ',
    keyword: 'INFO',
    who: 'reader',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A birth date may carry a time zone, which a reader drops: it is a day of the calendar.',
    hint: 'Send the date alone; a zone makes readers shift it by a day.',
    checks: {
      learner: ({ bday, dateOfBirth }, found) => {
        if (bday !== undefined && hasZone(bday)) found('the birth date has a time zone', 'bday')
        if (dateOfBirth !== undefined && hasZone(dateOfBirth)) found('the birth date has a time zone', 'dateOfBirth')
      },
    },
  },
  {
    id: 'LRN-BDAY-BOTH',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '2.1.1',
    source: 'annotation',
    summary: 'For the time being bday and dateOfBirth are both sent, and say the same day.',
    hint: 'Send the same date in both.',
    checks: {
      learner: ({ bday, dateOfBirth }, found) => {
        if ((bday === undefined) !== (dateOfBirth === undefined)) found('only one of bday and dateOfBirth is there')
        else if (bday?.trim().slice(0, 10) !== dateOfBirth?.trim().slice(0, 10)) {
          found('bday and dateOfBirth differ', 'bday')
        }
      },
    },
  },
  {
    id: 'LRN-BIRTH-OMIT',
    keyword: 'MUST',
    who: 'producer',
    releases: '1.5.0-',
    source: 'annotation',
    summary: 'Place of birth, birth name and (2.1) country of birth are left out when unknown, not sent empty.',
    hint: 'Leave the element out.',
    checks: { learner: findBlank('placeOfBirth', 'birthName', 'countryOfBirth') },
  },
  {
    id: 'LRN-ALTNAME',
    keyword: 'INFO',
    who: 'producer',
    releases: '2.0.0-',
    source: 'annotation',
    summary:
      'alternativeName is the full name in another script; the schema wants it of everybody, and it may be empty.',
    hint: 'Leave it empty where there is no name in another script.',
    checks: {
      learner: ({ alternativeName }, found) => {
        const name = alternativeName?.value ?? ''
        if (/\p{Letter}/u.test(name) && !/[^\p{Script=Latin}\P{Letter}]/u.test(name)) {
          found('alternativeName is in Latin letters', 'alternativeName')
        }
      },
    },
  },
  {
    id: 'LRN-ADDRESS',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.5.0-',
    source: 'ewp',
    summary: 'An address can be found on a map: it names locality and country, and its lines do not repeat them.',
    hint: 'Fill locality and country, and keep them out of the address lines.',
    checks: {
      learner: ({ currentAddress: address }, found) => {
        if (address === undefined) return
        if (isBlank(address.locality) || isBlank(address.country)) {
          found('the address names no locality or no country', 'currentAddress')
        }
        const elsewhere = [address.locality, address.postalCode, address.region]
          .filter((part) => part !== undefined && !isBlank(part))
          .map((part) => (part ?? '').trim().toLowerCase())
        address.addressLine?.forEach((line, index) => {
          const words = line.trim().toLowerCase()
          if (elsewhere.some((part) => words === part || words.endsWith(` ${part}`))) {
            found('an address line repeats another part of the address', `currentAddress/addressLine[${index + 1}]`)
          }
        })
      },
    },
  },
]
