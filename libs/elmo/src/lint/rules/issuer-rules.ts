import type { RuleEntry } from '../lint-rule.js'
import { isBlank, isInEnglish } from './texts.js'

const authorityCountry = /^https?:\/\/publications\.europa\.eu\/resource\/authority\/country\/[A-Z0-9]{3}$/

function countryFits(type: string | undefined, value: string): boolean {
  if (type?.trim() === 'ISO') return /^[A-Z]{2}$/.test(value.trim())
  return type?.trim() === 'URI' && authorityCountry.test(value.trim())
}

const misfit = 'the type must be ISO (two capitals) or URI (EU authority table of countries), and the value fit it'

/** Rules about institutions. */
export const issuerRules: readonly RuleEntry[] = [
  {
    id: 'ISS-COUNTRY-OMIT',
    keyword: 'MUST',
    who: 'producer',
    releases: '-2.0.0',
    source: 'annotation',
    summary: 'The country of an issuer that is unknown, or that belongs to no country, is left out.',
    hint: 'Leave the element out.',
    checks: {
      issuer: ({ country }, found) => {
        if (country !== undefined && isBlank(country)) found('country is there and empty', 'country')
      },
    },
  },
  {
    id: 'ISS-COUNTRY-TYPE',
    keyword: 'MUST*',
    who: 'producer',
    releases: '2.1.1',
    source: 'annotation',
    summary: 'The type of a country is ISO or URI, and the value is of that kind.',
    hint: 'Write type="ISO" with a code of two capitals.',
    checks: {
      issuer: ({ country, countryType }, found) => {
        if (country !== undefined && !countryFits(countryType, country)) found(misfit, 'country')
      },
      learner: ({ citizenship, citizenshipType, countryOfBirth, countryOfBirthType }, found) => {
        if (citizenship !== undefined && !countryFits(citizenshipType, citizenship)) found(misfit, 'citizenship')
        if (countryOfBirth !== undefined && !countryFits(countryOfBirthType, countryOfBirth)) {
          found(misfit, 'countryOfBirth')
        }
      },
    },
  },
  {
    id: 'ISS-IDS',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'An issuer has all identifiers that are known; a schac that is a good guess is better than none.',
    hint: 'Add the main web domain of the institution as an identifier of type schac.',
    checks: {
      issuer: ({ identifier }, found) => {
        if (!identifier.some(({ type }) => type.trim().toLowerCase() === 'schac')) {
          found('the issuer has no identifier of type schac')
        }
      },
    },
  },
  {
    id: 'ISS-SCHAC-FORM',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A schac is a web domain, no URN and no local code.',
    hint: 'Write the domain alone, such as uni.example.',
    checks: {
      issuer: ({ identifier }, found) => {
        identifier.forEach(({ type, value }, index) => {
          if (type.trim().toLowerCase() !== 'schac') return
          if (!/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i.test(value.trim())) {
            found('the schac is no web domain', `identifier[${index + 1}]`)
          }
        })
      },
    },
  },
  {
    id: 'ISS-TITLE-LANG',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'Each title of an issuer names its language; the title is given in English and in its own language.',
    hint: 'Add xml:lang to every title, and a title in English.',
    checks: {
      issuer: ({ title }, found) => {
        title.forEach(({ lang }, index) => {
          if (lang === undefined) found('a title without xml:lang', `title[${index + 1}]`)
        })
        if (!isInEnglish(title)) found('no title in English')
      },
    },
  },
  {
    id: 'ISS-URL',
    keyword: 'INFO',
    who: 'reader',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'The address on the web is what is left when no identifier of an institution is known.',
    hint: 'Write the whole address, with https:// before it.',
    checks: {
      issuer: ({ url }, found) => {
        if (!/^https?:\/\/[^\s/]/i.test(url.trim())) found('the web address does not begin with https://', 'url')
      },
    },
  },
]
