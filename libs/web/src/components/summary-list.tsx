import type { ComponentChildren } from 'preact'

/** Names and their values, for reading. */
export function SummaryList(props: { rows: readonly { name: string; value: ComponentChildren }[] }) {
  return (
    <dl class="summary-list">
      {props.rows.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
