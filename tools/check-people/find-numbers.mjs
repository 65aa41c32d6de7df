import { normaliseNationalId } from '@emrex-gateway/core'
import { hideOtherNumbers } from './hide-other-numbers.mjs'
import { numberForms } from './number-forms.mjs'

/**
 * @typedef {object} FoundNumber
 * @property {string} country whose number it looks like
 * @property {string} value as the country's rule writes it; never to be shown
 * @property {number} line from 1
 */

// A number stands alone, or behind the code of its country (`SE198…`).
const patterns = numberForms.map((form) => ({
  form,
  pattern: new RegExp(`(?<![A-Za-z0-9])(?:(?<=[^A-Za-z0-9]|^)[A-Z]{2})?(${form.find})(?![A-Za-z0-9])`, 'g'),
}))

/**
 * All that looks like a national identity number: the form of a country, a day of birth where it has one, and its check
 * digits. Numbers that only test registers give out are none.
 *
 * @param {string} text
 * @returns {FoundNumber[]}
 */
export function findNumbers(text) {
  const left = hideOtherNumbers(text)
  /** @type {FoundNumber[]} */
  const found = []
  for (const { form, pattern } of patterns)
    for (const match of left.matchAll(pattern)) {
      const { value, warning } = normaliseNationalId(form.country, match[1] ?? '', 'production')
      if (warning !== undefined || form.isBorn?.(value) === false) continue
      found.push({ country: form.country, value, line: left.slice(0, match.index).split('\n').length })
    }
  return found
}
