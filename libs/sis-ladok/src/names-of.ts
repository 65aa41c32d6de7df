import { languageTexts } from '@emrex-gateway/core'
import type { LangString } from '@emrex-gateway/elmo'
import type { Names } from './ladok-records.js'

/**
 * Names as ELMO has them, Swedish first, each language from the first place that has it. What is missing, or only repeats the
 * Swedish, is left out.
 */
export function namesOf(...places: readonly (Names | undefined)[]): LangString[] {
  const merged: Record<string, string> = {}
  for (const place of places)
    for (const [language, text] of Object.entries(place ?? {}))
      if (merged[language] === undefined && typeof text === 'string' && text.trim() !== '') merged[language] = text
  const { sv, en, ...others } = merged
  return languageTexts({ sv, en, ...others })
}
