import { defaults } from '@emrex-gateway/core'
import { Button, LogOut, Panel, ReceiptLink, SummaryList, TransferReference } from '@emrex-gateway/web'
import type { SmpPage } from '../../flow/smp-page.js'
import type { PageContext } from './page-context.js'

/** A person at the university decides: nothing for the student to do. */
export function NeedsStaffPage({ data, context }: { data: SmpPage & { page: 'needs-staff' }; context: PageContext }) {
  const { t } = context
  return (
    <>
      <Panel kind="waiting">
        <p>{t('smp.staff-wait.what', { ncp: data.ncp })}</p>
        <ul>
          {data.why.map((why) => (
            <li key={why}>{t(`case.${why}`)}</li>
          ))}
        </ul>
      </Panel>
      <p>{t('smp.staff-wait.next')}</p>
      <TransferReference {...context} />
      <LogOut {...context} login={data.leave} />
    </>
  )
}

type Imported = SmpPage & { page: 'imported' | 'passed-on' }

/** The SIS has the results: they are in the record, or that is decided there. */
export function ImportedPage({ data, context }: { data: Imported; context: PageContext }) {
  const { t, home, title } = context
  const { page, ncp, results, ects, receipt } = data
  return (
    <>
      <Panel kind={page === 'imported' ? 'success' : 'waiting'}>
        <p>{t(`smp.${page}.what`, { count: results, ncp, title })}</p>
      </Panel>
      <SummaryList
        rows={[
          { name: t('smp.imported.source'), value: ncp },
          { name: t('smp.imported.results'), value: String(results) },
          ...(ects === undefined ? [] : [{ name: t('smp.imported.ects'), value: ects }]),
          { name: t('smp.imported.receipt'), value: <code>{receipt}</code> },
        ]}
      />
      {page === 'passed-on' && <p>{t('smp.handed-over.next')}</p>}
      <p>{t('smp.imported.kept')}</p>
      <ReceiptLink {...context} number={data.number} />
      <p>
        <Button kind="secondary" href={home}>
          {t('smp.imported.another')}
        </Button>
      </p>
      <LogOut {...context} login={data.leave} />
    </>
  )
}

/** The results are a case: whose move it is now, by which number it is found, and that nothing is in a record yet. */
export function HandedOverPage({ data, context }: { data: SmpPage & { page: 'handed-over' }; context: PageContext }) {
  const { t, home, title, byHand } = context
  const { ncp, results, ects, receipt } = data
  return (
    <>
      <Panel kind="waiting">
        <p>{t('smp.handed-over.what', { count: results, ncp, title, receipt })}</p>
      </Panel>
      <SummaryList
        rows={[
          { name: t('smp.handed-over.number'), value: <code>{receipt}</code> },
          { name: t('smp.imported.source'), value: ncp },
          { name: t('smp.imported.results'), value: String(results) },
          ...(ects === undefined ? [] : [{ name: t('smp.imported.ects'), value: ects }]),
        ]}
      />
      <p>{t('smp.handed-over.next')}</p>
      {byHand && <p>{t('smp.handed-over.kept', { days: byHand.days })}</p>}
      <ReceiptLink {...context} number={data.number} />
      <p>
        <Button kind="secondary" href={home}>
          {t('smp.imported.another')}
        </Button>
      </p>
      <LogOut {...context} login={data.leave} />
    </>
  )
}

const fieldTexts = {
  identifier: 'smp.field.identifier',
  'birth-date': 'smp.field.birth-date',
  family: 'smp.field.family',
  given: 'smp.field.given',
} as const
const isNamed = (field: string): field is keyof typeof fieldTexts => Object.hasOwn(fieldTexts, field)

/** As much of a message of the other side as a page shows; more would push what is to be done next out of sight. */
const shown = (message: string): string =>
  message.length > defaults.returnMessageMaxShown ? `${message.slice(0, defaults.returnMessageMaxShown)}…` : message

/** An end without an import: what happened, whose move it is, what to do next. */
export function EndedPage({ data, context }: { data: SmpPage & { page: 'ended' }; context: PageContext }) {
  const { t, home } = context
  const fields = data.fields.map((field) => t(isNamed(field) ? fieldTexts[field] : 'smp.field.other'))
  return (
    <>
      <Panel kind={data.code === 'USER_CANCEL' || data.code === 'NO_RESULTS' ? 'waiting' : 'problem'}>
        <p>{t(data.code === 'USER_CANCEL' ? 'smp.ended.cancelled' : `problem.${data.code}.what`)}</p>
        {fields.length > 0 && <p>{t('smp.ended.fields', { list: [...new Set(fields)].join(', ') })}</p>}
        {data.message !== undefined && <p>{t('smp.ended.message', { message: shown(data.message) })}</p>}
      </Panel>
      <p>{t(`problem.${data.code}.next`)}</p>
      {context.isAsked ? (
        data.code !== 'USER_DECLINED' &&
        data.asker !== undefined && <p>{t('api.ended.again', { asker: data.asker })}</p>
      ) : (
        <p>
          <Button href={home}>{t('smp.ended.restart')}</Button>
        </p>
      )}
      <TransferReference {...context} />
      <LogOut {...context} login={data.leave} />
    </>
  )
}
