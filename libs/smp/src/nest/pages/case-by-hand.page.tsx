import { defaults, shownDay, type WaitingCase } from '@emrex-gateway/core'
import { birthDateOf } from '@emrex-gateway/elmo'
import { Button, ElmoDocument, OwnForm, SummaryList, timeText, type PageView } from '@emrex-gateway/web'
import type { StaffPage } from '../../flow/smp-page.js'
import { earlierRow } from './earlier-row.js'
import { matchTexts } from './match-texts.js'
import type { PageContext, Words } from './page-context.js'
import { PersonLine } from './person-line.js'

/** What waits to be entered by hand: enough to choose one, without its document. */
export function CasesByHandList({ cases, context }: { cases: readonly WaitingCase[]; context: PageContext }) {
  const { t, base } = context
  return (
    <>
      <h2>{t('by-hand.title')}</h2>
      <p>{t(cases.length === 0 ? 'by-hand.none' : 'by-hand.intro')}</p>
      {cases.map((open) => (
        <section key={open.id} class="case" aria-labelledby={`case-${open.id}`}>
          <h3 id={`case-${open.id}`}>{t('by-hand.case', { reference: open.reference, ncp: open.origin.ncp })}</h3>
          <SummaryList rows={[...caseRows(open, context), untilRow(open, context)]} />
          <p>
            <Button kind="secondary" href={`${base}/cases/${open.id}`}>
              {t('by-hand.open', { reference: open.reference })}
            </Button>
          </p>
        </section>
      ))}
    </>
  )
}

/** One case: a transcript to read and to print, its files, and two ways to close it. */
export function caseByHandView(
  { open, files }: StaffPage & { page: 'staff-case' },
  context: PageContext,
): Pick<PageView, 'title' | 'body' | 'formAction' | 'status' | 'width'> {
  const { t, language, base } = context
  const { reference, origin, document } = open
  return {
    title: t('by-hand.case', { reference, ncp: origin.ncp }),
    status: 200,
    width: 'wide',
    formAction: { kind: 'self' },
    body: (
      <>
        <p class="only-on-screen">
          <a href={base}>{t('by-hand.back')}</a>
        </p>
        <SummaryList
          rows={[
            ...caseRows(open, context),
            { name: t('by-hand.signature'), value: t('by-hand.signature-holds', { ncp: origin.ncp }) },
            untilRow(open, context),
          ]}
        />
        <h2>{t('by-hand.results')}</h2>
        <ElmoDocument elmo={document.elmo} t={t} language={language} />
        <div class="only-on-screen">
          <h2>{t('by-hand.files')}</h2>
          <p>{t('by-hand.files-intro')}</p>
          <ul>
            {files.map((name) => (
              <li key={name}>
                <a href={`${base}/cases/${open.id}/files/${name}`} download>
                  {name}
                </a>
                <span class="hint">{t(`by-hand.file.${kindOf(name)}`)}</span>
              </li>
            ))}
          </ul>
          <CloseForms caseId={open.id} context={context} />
        </div>
      </>
    ),
  }
}

function CloseForms({ caseId, context }: { caseId: string; context: PageContext }) {
  const { t, base, token } = context
  return (
    <>
      <h2>{t('by-hand.decide')}</h2>
      <OwnForm action={`${base}/close`} token={token}>
        <input type="hidden" name="case" value={caseId} />
        <p>{t('by-hand.taken-what')}</p>
        <p class="buttons">
          <Button name="decision" value="taken">
            {t('by-hand.taken')}
          </Button>
        </p>
      </OwnForm>
      <OwnForm action={`${base}/close`} token={token}>
        <input type="hidden" name="case" value={caseId} />
        <p>{t('by-hand.refused-what')}</p>
        <p class="field">
          <label for="reason">{t('staff.reason')}</label>
          <textarea id="reason" name="reason" required maxLength={defaults.staffReasonMaxLength} rows={2} />
        </p>
        <p class="buttons">
          <Button kind="danger" name="decision" value="refused">
            {t('by-hand.refused')}
          </Button>
        </p>
      </OwnForm>
    </>
  )
}

/** What there is to know of a case beside its document, in lists and in the transcript. */
export function caseRows(open: WaitingCase, words: Words) {
  const { t, language } = words
  const { reference, origin, owner, match, remark, earlier = [] } = open
  const { learner, institution } = owner
  const numbers = (learner.identifier ?? []).map(({ value }) => value)
  const person = <PersonLine t={t} {...learner} facts={[shownDay(birthDateOf(learner) ?? ''), ...numbers]} />
  const why = [t(`by-hand.match.${match.verdict}`), ...matchTexts(match.reasons, t)]
  return [
    { name: t('by-hand.reference'), value: reference },
    ...(remark === undefined ? [] : [{ name: t('by-hand.remark'), value: remark }]),
    { name: t('by-hand.from'), value: origin.ncp },
    { name: t('staff.received'), value: timeText(origin.receivedAt, language) },
    { name: t('by-hand.person'), value: person },
    { name: t('by-hand.institution'), value: institution.title },
    { name: t('by-hand.match'), value: why.join(' ') },
    ...earlierRow(earlier, words),
  ]
}

const untilRow = ({ expiresAt }: WaitingCase, { t, language }: Words) => ({
  name: t('by-hand.until'),
  value: t('by-hand.until-what', { date: timeText(expiresAt, language) }),
})

const kinds = {
  'document.xml': 'document',
  'transcript.pdf': 'transcript-pdf',
  'transcript.html': 'transcript',
  'results.csv': 'csv',
  'results.json': 'json',
} as const
function kindOf(name: string) {
  if (Object.hasOwn(kinds, name)) return kinds[name as keyof typeof kinds]
  return /^attachment-\d/.test(name) ? 'attachment' : 'own'
}
