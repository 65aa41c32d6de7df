/**
 * How the numbers of a country stand in a text. `find` is looser than the country's own rule, which is asked afterwards
 * (`normaliseNationalId`); `isBorn` sees whether the digits where a day of birth stands can be one.
 *
 * @typedef {object} NumberForm
 * @property {string} country ISO 3166-1 alpha-2
 * @property {string} find a regular expression without its boundaries
 * @property {((digits: string) => boolean)} [isBorn] takes the number without its separators
 */

/** @param {string} text */
const isDay = (text) => Number(text) >= 1 && Number(text) <= 31
/** @param {string} text */
const isMonth = (text) => Number(text) >= 1 && Number(text) <= 12
/** @param {string} text @param {number} shift what a day is raised by where the number is for the time being */
const isDayOr = (text, shift) => isDay(text) || (Number(text) > shift && isDay(String(Number(text) - shift)))
/** @param {string} text a month that may be raised by multiples of twenty, which say the century or that it is made up */
const isMonthOf20 = (text) => isMonth(String(Number(text) % 20))

/** @type {readonly NumberForm[]} */
export const numberForms = [
  {
    country: 'SE',
    // Ten digits from 15 to 19 are seconds since 1970, in our years; people born then are found when written another way.
    find: String.raw`(?:1[89]|20)\d{6}[-+]?\d{4}|\d{6}[-+]\d{4}|(?!1[5-9])\d{10}`,
    isBorn: (digits) => isMonth(digits.slice(-8, -6)) && isDayOr(digits.slice(-6, -4), 60),
  },
  {
    country: 'NO',
    find: String.raw`\d{6}[ -]?\d{5}`,
    isBorn: (digits) => isDayOr(digits.slice(0, 2), 40) && isMonthOf20(digits.slice(2, 4)),
  },
  {
    country: 'FI',
    find: String.raw`\d{6}[-+YXWVUABCDEF]\d{3}[0-9A-FHJ-NPR-Y]`,
    isBorn: (number) => isDay(number.slice(0, 2)) && isMonth(number.slice(2, 4)),
  },
  {
    country: 'PL',
    find: String.raw`\d{11}`,
    isBorn: (digits) => isMonthOf20(digits.slice(2, 4)) && isDay(digits.slice(4, 6)),
  },
  { country: 'HR', find: String.raw`\d{11}` },
  {
    country: 'BE',
    find: String.raw`\d{11}|\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}`,
    isBorn: (digits) => isMonthOf20(digits.slice(2, 4)) && isDay(digits.slice(4, 6)),
  },
  {
    // It has no check digit, so only the way in which people write it tells it from any other number.
    country: 'DK',
    find: String.raw`\d{6}-\d{4}`,
    isBorn: (digits) => isDayOr(digits.slice(0, 2), 60) && isMonth(digits.slice(2, 4)),
  },
  { country: 'NL', find: String.raw`\d{9}` },
  {
    country: 'CN',
    find: String.raw`\d{17}[\dXx]`,
    isBorn: (number) =>
      /^(19|20)/.test(number.slice(6)) && isMonth(number.slice(10, 12)) && isDay(number.slice(12, 14)),
  },
  {
    country: 'IT',
    find: '[A-Z]{6}[0-9L-NP-V]{2}[A-EHLMPRST][0-9L-NP-V]{2}[A-Z][0-9L-NP-V]{3}[A-Z]',
  },
]
