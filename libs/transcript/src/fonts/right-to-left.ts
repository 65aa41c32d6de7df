/** Digits and what stands within numbers: of the Arabic script, and read from left to right like all digits. */
const arabicDigits = '\\u0660-\\u066c\\u06f0-\\u06f9'

/** Letters of scripts that are written from right to left, as a set within a pattern with the flag `v`. */
export const rtlLetters = `[[\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}]--[${arabicDigits}]]`

const rtlPattern = new RegExp(rtlLetters, 'v')
const digitPattern = new RegExp(`[${arabicDigits}]`, 'v')

export const hasRtlLetters = (text: string): boolean => rtlPattern.test(text)

/** What fontkit would set from right to left by its script, though it is a number. */
export const isArabicNumber = (text: string): boolean => digitPattern.test(text) && !hasRtlLetters(text)
