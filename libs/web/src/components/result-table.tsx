import type { ComponentChildren } from 'preact'
import type { Translate } from '../texts/translator.js'
import { TextWithTitle, Title, type ShownTitle } from './text-with-title.js'

/** One course or degree as a person reads it. Every value is text that is ready to show. */
export interface ResultRow extends ShownTitle {
  readonly key: string
  readonly code?: string
  readonly credits?: string
  readonly grade?: string
  readonly date?: string
  readonly status?: string
  /** 0 = top of the tree. */
  readonly depth?: number
  /** What it is a part of. */
  readonly whole?: ShownTitle
}

const columns = ['code', 'credits', 'grade', 'date', 'status'] as const

/**
 * Results as a table; on a narrow screen each row stands as a card with its own labels. Columns in which no row has a
 * value are left out. The roles are spelled out because browsers drop them when CSS changes how a table is laid out.
 */
export function ResultTable(props: { t: Translate; caption: ComponentChildren; rows: readonly ResultRow[] }) {
  const { t, caption, rows } = props
  const shown = columns.filter((column) => rows.some((row) => row[column] !== undefined))
  return (
    <table class="results" role="table">
      <caption>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {t('site.result.title')}
          </th>
          {shown.map((column) => (
            <th key={column} role="columnheader" scope="col" class={column}>
              {t(`site.result.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={row.key} role="row" class={`depth-${Math.min(row.depth ?? 0, 4)}`}>
            <th role="rowheader" scope="row">
              <ResultTitle t={t} row={row} />
            </th>
            {shown.map((column) => (
              <td
                key={column}
                role="cell"
                class={row[column] === undefined ? `${column} empty` : column}
                data-label={t(`site.result.${column}`)}
              >
                {row[column]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The title of a result. That it is a part is seen by where it stands; who hears the page is told. */
export function ResultTitle({ t, row }: { t: Translate; row: ResultRow }) {
  const { whole } = row
  return (
    <>
      <Title {...row} />
      {whole && (
        <span class="visually-hidden">
          {' '}
          <TextWithTitle {...whole} text={(title) => t('site.result.part-of', { title })} />
        </span>
      )}
    </>
  )
}
