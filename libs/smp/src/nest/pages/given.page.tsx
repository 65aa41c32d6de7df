import { LogOut, Panel, ReceiptLink, SummaryList } from '@emrex-gateway/web'
import type { SmpPage } from '../../flow/smp-page.js'
import type { PageContext } from './page-context.js'

/** What another system asked for was handed to it. */
export function GivenPage({ data, context }: { data: SmpPage & { page: 'given' }; context: PageContext }) {
  const { t } = context
  const { ncp, asker, request, retentionDays } = data
  return (
    <>
      <Panel kind="success">
        <p>{t('api.given.what', { ncp, asker })}</p>
      </Panel>
      {request !== undefined && (
        <SummaryList rows={[{ name: t('api.given.receipt'), value: <code>{request}</code> }]} />
      )}
      {retentionDays !== undefined && <p>{t('api.given.kept', { count: retentionDays, asker })}</p>}
      <ReceiptLink {...context} number={data.number} />
      <p>{t('api.given.close')}</p>
      <LogOut {...context} login={data.leave} />
    </>
  )
}
