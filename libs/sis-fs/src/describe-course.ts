import { langString, plainTextOfHtml, xmlLines } from '@emrex-gateway/core'
import type { LangString } from '@emrex-gateway/elmo'
import type { FsResult } from './fs-answers.js'

/**
 * The texts of a course as plain text, one for each language: of each category the one that held in the year of the result,
 * in the order of FS.
 */
export function describeCourse({ emne, vurderingsenhet }: FsResult): LangString[] {
  const year = vurderingsenhet?.terminPeriode?.sluttTermin?.arstall ?? Infinity
  const yearOf = (paragraph: Paragraph): number => paragraph.periode?.fraTermin?.arstall ?? -Infinity
  const held = new Map<string, Paragraph>()
  for (const paragraph of emne.beskrivelsesavsnitt?.nodes ?? []) {
    const key = JSON.stringify([paragraph.sprak?.iso6391Kode, paragraph.tekstkategori?.kode])
    const other = held.get(key)
    if (yearOf(paragraph) <= year && (other === undefined || yearOf(other) < yearOf(paragraph)))
      held.set(key, paragraph)
  }
  const texts = new Map<string | undefined, string[]>()
  const inOrder = [...held.values()].sort((a, b) => (a.rekkefolgenummer ?? 0) - (b.rekkefolgenummer ?? 0))
  for (const { innhold, sprak } of inOrder) {
    const text = xmlLines(plainTextOfHtml(innhold ?? ''))
    const language = sprak?.iso6391Kode
    if (text !== undefined) texts.set(language, [...(texts.get(language) ?? []), text])
  }
  return [...texts].map(([language, paragraphs]) => langString(paragraphs.join('\n\n'), language))
}

type Paragraph = NonNullable<FsResult['emne']['beskrivelsesavsnitt']>['nodes'][number]
