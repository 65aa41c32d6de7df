import type { Translate } from '../texts/translator.js'

/** A field that narrows the list `list` while one types. Hidden without script, where the whole list is there to read. */
export function FilterField(props: { t: Translate; list: string; label: string; total: number }) {
  const id = `${props.list}-filter`
  return (
    <div class="filter" hidden data-filter={props.list}>
      <label for={id}>{props.label}</label>
      <input id={id} type="search" autoComplete="off" spellcheck={false} aria-controls={props.list} />
      <p class="filter-count" role="status" data-count={props.t('site.filter-count', { total: props.total })} />
    </div>
  )
}
