import type { Translate } from '../texts/translator.js'

export interface Check {
  readonly outcome: 'passed' | 'failed' | 'doubt'
  readonly text: string
  readonly detail?: string
}

const signs = { passed: '✓', failed: '✗', doubt: '?' } as const

/** What was checked and how it came out: a sign for the eye, and the same in words. */
export function CheckList({ t, checks }: { t: Translate; checks: readonly Check[] }) {
  return (
    <ul class="check-list">
      {checks.map(({ outcome, text, detail }) => (
        <li key={text} class={outcome}>
          <span class="check-sign" aria-hidden="true">
            {signs[outcome]}
          </span>
          <span class="check-text">
            {text} <strong class="check-outcome">{t(`site.check.${outcome}`)}</strong>
            {detail && <span class="check-detail">{detail}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
