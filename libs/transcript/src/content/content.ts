import { pickText, type Elmo, type LangString } from '@emrex-gateway/elmo'
import type { PageWriter, Text } from '../layout/page-writer.js'
import type { Texts } from '../texts/en.js'
import type { TranscriptOptions } from '../transcript-options.js'

/** What each part of a transcript is written with. */
export interface Content {
  readonly elmo: Elmo
  readonly options: TranscriptOptions
  readonly words: Texts
  readonly writer: PageWriter
}

/** The text in the wanted language; undefined when there is none or it is blank. */
export function chosenText(texts: readonly LangString[] | undefined, { options }: Content): Text | undefined {
  const chosen = pickText(texts, [options.language, 'en'])
  return chosen === undefined || chosen.value.trim() === '' ? undefined : { text: chosen.value, lang: chosen.lang }
}

export const instantText = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
