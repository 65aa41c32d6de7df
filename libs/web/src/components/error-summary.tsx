import type { Translate } from '../texts/translator.js'

/** "There is a problem": what to mend, each linked to its field. The script focuses it, so that nobody misses it. */
export function ErrorSummary(props: { t: Translate; errors: readonly { text: string; fieldId?: string }[] }) {
  return (
    <section class="error-summary" role="alert" aria-labelledby="error-summary-title" tabIndex={-1} data-focus>
      <h2 id="error-summary-title">{props.t('site.there-is-a-problem')}</h2>
      <ul>
        {props.errors.map(({ text, fieldId }) => (
          <li key={text}>{fieldId === undefined ? text : <a href={`#${fieldId}`}>{text}</a>}</li>
        ))}
      </ul>
    </section>
  )
}
