import type { EarlierImport } from '@emrex-gateway/core'
import { timeText } from '@emrex-gateway/web'
import type { Words } from './page-context.js'

/** Which of the results came before, when, and as what; no row where none did. */
export const earlierRow = (earlier: readonly EarlierImport[], words: Words) =>
  earlier.length === 0 ? [] : [{ name: words.t('by-hand.earlier'), value: <EarlierImports {...{ earlier, words }} /> }]

function EarlierImports({ earlier, words: { t, language } }: { earlier: readonly EarlierImport[]; words: Words }) {
  return (
    <ul>
      {earlier.map(({ at, reference, results, isAll }) => {
        const date = timeText(at, language)
        return (
          <li key={at}>
            {reference === undefined ? t('by-hand.earlier-at', { date }) : t('by-hand.earlier-as', { date, reference })}{' '}
            {isAll ? t('by-hand.earlier-all') : results.join('; ')}
          </li>
        )
      })}
    </ul>
  )
}
