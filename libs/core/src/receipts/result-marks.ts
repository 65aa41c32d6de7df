import { createHash } from 'node:crypto'
import type { Elmo } from '@emrex-gateway/elmo'
import { importItems } from '../sis/import-items.js'

/**
 * A result of a document, and the mark by which the very same one is known in a later document. A mark tells nothing by itself,
 * but whoever guesses the result can try it: it is kept sealed.
 */
export interface MarkedResult {
  readonly title: string
  readonly mark: string
}

/** Every result of a document. Whatever staff see of one counts: with another grade, or passed since, it is another result. */
export const markResults = (elmo: Elmo): readonly MarkedResult[] =>
  importItems(elmo).map(({ item_no: _number, parent_item_no: _parent, ...said }) => ({
    title: said.title_en ?? said.title,
    mark: createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 16),
  }))
