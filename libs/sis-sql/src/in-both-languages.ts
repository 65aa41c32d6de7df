import type { LangString } from '@emrex-gateway/elmo'

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
