import { knownNotices, type KnownNotice } from '@emrex-gateway/core'
import { Notice, type Translate } from '@emrex-gateway/web'
import type { Gap, SourceNotice } from '../../flow/ncp-transfer.js'

/** What is not there: places that could not be read, each with the reason and what to do, and what a mapping left out. */
export function Missing(props: { gaps: readonly Gap[]; notices: readonly SourceNotice[]; t: Translate }) {
  const { gaps, notices, t } = props
  const losses = lossesOf(notices, t)
  return (
    <>
      {gaps.length > 0 && (
        <Notice kind="warning" title={t('ncp.select.gaps-title')}>
          <Gaps gaps={gaps} t={t} />
          <p>{t('gap.send-now')}</p>
        </Notice>
      )}
      {losses.length > 0 && (
        <details class="notice information">
          <summary>{t('notice.title')}</summary>
          <ul>
            {losses.map((loss) => (
              <li key={loss}>{loss}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** Place by place: what happened there, and what the person can do. */
export const Gaps = ({ gaps, t }: { gaps: readonly Gap[]; t: Translate }) => (
  <ul>
    {gaps.map(({ institution, code, kind }, index) => {
      // Where no system said what happened, it was ours to decide, or our fault.
      const why = kind ?? (code === 'ID_MISMATCH' ? 'another-person' : 'our-fault')
      return (
        <li key={index}>
          {t('gap.line', { institution, reason: t(`gap.${why}.reason`), next: t(`gap.${why}.next`) })}
        </li>
      )
    })}
  </ul>
)

/** Each loss once, with all that it is about. */
function lossesOf(notices: readonly SourceNotice[], t: Translate): string[] {
  const details = new Map<string, { institution: string; what: string; about: Set<string> }>()
  for (const { institution, notice, detail } of notices) {
    const what = isKnown(notice) ? t(`notice.${notice}`) : t('notice.other')
    const key = JSON.stringify([institution, what])
    const loss = details.get(key) ?? { institution, what, about: new Set<string>() }
    if (detail !== undefined) loss.about.add(detail)
    details.set(key, loss)
  }
  return [...details.values()].map(({ institution, what, about }) =>
    about.size === 0
      ? t('notice.line', { institution, what })
      : t('notice.line-detail', { institution, what, detail: [...about].join(', ') }),
  )
}

const isKnown = (notice: string): notice is KnownNotice => (knownNotices as readonly string[]).includes(notice)
