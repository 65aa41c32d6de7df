import type { LangString } from '@emrex-gateway/elmo'
import { xmlText } from './xml-text.js'

const language = /^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$/

/** A text with its language where the language is a well-formed tag. */
export const langString = (value: string, lang?: string): LangString =>
  lang !== undefined && language.test(lang) ? { value, lang } : { value }

/** The text in its own language, and in English where that says something else. */
export function inBothLanguages(own: string, ownLanguage?: string, english?: string): LangString[] {
  const texts = [langString(own, ownLanguage)]
  if (english !== undefined && english !== own && ownLanguage?.toLowerCase().split('-')[0] !== 'en')
    texts.push({ value: english, lang: 'en' })
  return texts
}

/**
 * The texts of a SIS that names its languages, first the one that matters most. What is empty is left out, and so is a
 * later text that only repeats an earlier one: some systems fill the English field with the local text.
 */
export function languageTexts(byLanguage: Readonly<Record<string, string | null | undefined>>): LangString[] {
  const texts: LangString[] = []
  for (const [lang, written] of Object.entries(byLanguage)) {
    const value = xmlText(written)
    if (value !== undefined && !texts.some((text) => text.value === value)) texts.push(langString(value, lang))
  }
  return texts
}
