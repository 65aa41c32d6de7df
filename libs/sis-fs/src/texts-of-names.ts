import { languageTexts } from '@emrex-gateway/core'
import type { LangString } from '@emrex-gateway/elmo'
import type { FsNames } from './fs-answers.js'

/** What FS calls its languages, old and new, by BCP 47 tag. */
const keysOf = { nb: ['nb', 'nob'], nn: ['nn', 'nno'], en: ['en', 'eng'], se: ['se', 'sme'] } as const

/** A name in the languages that it is there in; a language that only repeats another one is left out. */
export const textsOfNames = (names: FsNames): LangString[] =>
  languageTexts(
    Object.fromEntries(
      Object.entries(keysOf).map(([tag, keys]) => [tag, keys.map((key) => names?.[key]).find(Boolean)]),
    ),
  )

/** The name in the language that is wanted, else in the first that there is, bokmål before all. */
export function nameIn(language: keyof typeof keysOf, names: FsNames): string | undefined {
  const [first] = textsOfNames(names)
  const wanted = keysOf[language].map((key) => names?.[key]).find(Boolean)
  return languageTexts({ [language]: wanted })[0]?.value ?? first?.value
}
