import { defaults, reasonRow, referenceOf } from '@emrex-gateway/core'
import {
  Button,
  ElmoDocument,
  Notice,
  OwnForm,
  Panel,
  SummaryList,
  timeText,
  TranscriptLink,
  type PageView,
} from '@emrex-gateway/web'
import type { StaffCase, StaffPage } from '../../flow/smp-page.js'
import { caseByHandView, CasesByHandList } from './case-by-hand.page.js'
import { earlierRow } from './earlier-row.js'
import { matchTexts } from './match-texts.js'
import { LearnerSide, LoginSide } from './person-sides.js'
import { statisticsView } from './statistics.page.js'
import type { PageContext } from './page-context.js'

type View = Pick<PageView, 'title' | 'body' | 'formAction' | 'status' | 'width'>

/** The pages of staff: every case that needs a decision, with both sides, the reasons, the document; and what is entered by hand. */
export function staffPageView(data: StaffPage, context: PageContext): View {
  const { t } = context
  if (data.page === 'staff-login-failed')
    return {
      title: t('staff.failed'),
      status: reasonRow(data.code).status,
      formAction: { kind: 'self' },
      body: (
        <>
          <Panel kind="problem">
            <p>{t(`problem.${data.code}.what`)}</p>
            <p>{t(`problem.${data.code}.next`)}</p>
          </Panel>
          <p>
            <Button kind="secondary" href={context.home}>
              {t('site.home')}
            </Button>
          </p>
        </>
      ),
    }
  if (data.page === 'staff-case') return caseByHandView(data, context)
  if (data.page === 'staff-statistics') return statisticsView(data, context)
  return {
    title: t('staff.title'),
    status: 200,
    width: 'wide',
    formAction: { kind: 'self' },
    body: (
      <>
        {data.done && (
          <Notice>
            <p role="status">{t(`staff.done.${data.done}`)}</p>
          </Notice>
        )}
        {data.cases.length === 0 && <p>{t(data.byHand ? 'staff.none-to-decide' : 'staff.none')}</p>}
        {data.more !== undefined && <p>{t('staff.more', { shown: data.cases.length, count: data.more })}</p>}
        {data.cases.map((open) => (
          <CaseSection key={open.id} open={open} hasTranscript={data.transcript ?? false} context={context} />
        ))}
        {data.byHand && <CasesByHandList cases={data.byHand} context={context} />}
        <p>
          <a href={`${context.base}/statistics`}>{t('statistics.link')}</a>
        </p>
      </>
    ),
  }
}

function CaseSection(props: { open: StaffCase; hasTranscript: boolean; context: PageContext }) {
  const { open, hasTranscript, context } = props
  const { t, base, token, language } = context
  const { home, identity, document } = open
  const { learner } = document.elmo
  const files = `${base}/cases/${open.id}/files`
  return (
    <section class="case" aria-labelledby={`case-${open.id}`}>
      <h2 id={`case-${open.id}`}>{t('staff.case', { reference: referenceOf(open.id), ncp: open.ncp })}</h2>
      <SummaryList
        rows={[
          { name: t('staff.received'), value: timeText(open.receivedAt, language) },
          { name: t('staff.side.home'), value: <LearnerSide t={t} learner={home} /> },
          { name: t('staff.side.login'), value: <LoginSide t={t} identity={identity} /> },
          { name: t('staff.side.document'), value: <LearnerSide t={t} learner={learner} /> },
          ...earlierRow(open.earlier ?? [], context),
        ]}
      />
      <h3>{t('staff.why')}</h3>
      <ul>
        {open.why.map((why) => (
          <li key={why}>{t(`case.${why}`)}</li>
        ))}
      </ul>
      <h3>{t('staff.compared')}</h3>
      <ul>
        {matchTexts(open.match.reasons, t).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <ElmoDocument elmo={document.elmo} t={t} language={language} filesAt={files} />
      {hasTranscript && <TranscriptLink t={t} href={`${files}/transcript.pdf`} hint={t('staff.transcript')} />}
      <OwnForm action={`${base}/decide`} token={token}>
        <input type="hidden" name="case" value={open.id} />
        <p class="field">
          <label for={`reason-${open.id}`}>{t('staff.reason')}</label>
          <textarea
            id={`reason-${open.id}`}
            name="reason"
            required
            maxLength={defaults.staffReasonMaxLength}
            rows={2}
          />
        </p>
        <p class="buttons">
          <Button name="decision" value="accept">
            {t('staff.accept')}
          </Button>
          <Button kind="danger" name="decision" value="refuse">
            {t('staff.refuse')}
          </Button>
        </p>
      </OwnForm>
    </section>
  )
}
