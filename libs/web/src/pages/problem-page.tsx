import { reasonRow, type ReasonCode } from '@emrex-gateway/core'
import { Button } from '../components/button.js'
import { Panel } from '../components/panel.js'
import { Reference } from '../components/reference.js'
import type { Frame } from '../server/site.js'
import { translator } from '../texts/translator.js'
import type { PageView } from './page.js'

/** The page for an end: what happened, what to do next, and a number to ask for help with. */
export function problemPage(
  code: ReasonCode,
  frame: Frame,
  details: { readonly reference?: string; readonly status?: number; readonly seeAt?: string | undefined } = {},
): PageView {
  const t = translator(frame.language)
  const { status, mover } = reasonRow(code)
  const kind = status < 400 ? (code === 'COMPLETED' || mover === 'nobody' ? 'success' : 'waiting') : 'problem'
  return {
    ...frame,
    title: t(`problem.${code}.title`),
    status: details.status ?? status,
    formAction: { kind: 'self' },
    body: (
      <>
        <Panel kind={kind}>
          <p>{t(`problem.${code}.what`)}</p>
          <p>{t(`problem.${code}.next`)}</p>
        </Panel>
        {details.reference && <Reference t={t} number={details.reference} />}
        {details.seeAt && (
          <p>
            <Button href={details.seeAt}>{t('site.see-transfer')}</Button>
          </p>
        )}
        {frame.site.home && (
          <p>
            <Button kind="secondary" href={frame.site.home}>
              {t('site.home')}
            </Button>
          </p>
        )}
      </>
    ),
  }
}
