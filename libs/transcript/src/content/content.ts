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

/** The text in the wanted language; undefined when there is none. */
export function chosenText(texts: readonly LangString[] | undefined, { options }: Content): Text | undefined {
  const chosen = pickText(texts, [options.language, 'en'])
  return chosen === undefined ? undefined : { text: chosen.value, lang: chosen.lang }
}

export const instantText = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** An instant as people read it, in the time zone that it was written in; anything else as it stands. */
export const shownInstant = (instant: string): string =>
  instant.replace(
    /^\s*(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?\s*$/,
    (_, date: string, time: string, zone: string | undefined) =>
      `${date} ${time}${zone === undefined ? '' : ` UTC${zone === 'Z' || /00:00$/.test(zone) ? '' : zone}`}`,
  )
