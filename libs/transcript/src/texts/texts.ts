import { en, type Texts } from './en.js'

/** By language (BCP 47, lower case). */
const languages: Readonly<Record<string, Texts>> = { en }

/** Our words in the language, else in English. */
export const textsOf = (language: string): Texts =>
  languages[language.toLowerCase()] ?? languages[language.toLowerCase().split('-')[0] ?? ''] ?? en
