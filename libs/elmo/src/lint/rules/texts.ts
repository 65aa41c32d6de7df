import type { LangString } from '../../model.js'

export const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === ''

/** Whether one of the texts is in English and not empty. */
export const isInEnglish = (texts: readonly LangString[] = []): boolean =>
  texts.some(({ lang, value }) => /^en(-|$)/i.test(lang ?? '') && !isBlank(value))
