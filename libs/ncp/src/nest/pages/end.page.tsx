import { Button, LogOut, OwnForm, Panel, ReceiptLink, TransferReference } from '@emrex-gateway/web'
import type { NcpPage } from '../../flow/ncp-page.js'
import { Gaps } from './missing.js'
import type { PageContext } from './page-context.js'

const nameOf = (receiver: (NcpPage & { page: 'sent' })['receiver']): string =>
  receiver.kind === 'known' ? receiver.name : receiver.host

/** The results are with the receiver; as long as we still have them, the person can hand them over again. */
export function SentPage({ data, context }: { data: NcpPage & { page: 'sent' }; context: PageContext }) {
  const { t, base, token } = context
  const receiver = nameOf(data.receiver)
  return (
    <>
      <Panel kind="success">
        <p>{t('ncp.sent.what', { receiver })}</p>
      </Panel>
      {data.again ? (
        <OwnForm action={`${base}/answer`} token={token}>
          <p>{t('ncp.sent.again-intro', { receiver })}</p>
          <Button kind="secondary">{t('ncp.sent.again')}</Button>
        </OwnForm>
      ) : (
        <p>{t('ncp.sent.gone')}</p>
      )}
      <ReceiptLink t={t} base={base} number={data.receipt} />
      <LogOut t={t} login={data.leave} base={base} token={token} />
    </>
  )
}

/** It ends without results: the reason, for each place that failed what happened there, whose move it is, and the way back. */
export function AnsweringPage({ data, context }: { data: NcpPage & { page: 'answering' }; context: PageContext }) {
  const { t, base, token } = context
  const { gaps = [] } = data
  return (
    <>
      <Panel kind="waiting">
        <p>{t(`problem.${data.code}.what`)}</p>
        {data.institutions.length > 0 && (
          <p>{t('ncp.answering.institutions', { list: data.institutions.join(', ') })}</p>
        )}
      </Panel>
      {gaps.length > 0 ? <Gaps gaps={gaps} t={t} /> : <p>{t(`problem.${data.code}.next`)}</p>}
      <OwnForm action={`${base}/answer`} token={token}>
        <Button>{t('ncp.answering.return', { receiver: nameOf(data.receiver) })}</Button>
      </OwnForm>
      <TransferReference t={t} base={base} />
      <LogOut t={t} login={data.leave} base={base} token={token} />
    </>
  )
}

export function EndedPage({ data, context: { t, base } }: { data: NcpPage & { page: 'ended' }; context: PageContext }) {
  return (
    <>
      <Panel kind="waiting">
        <p>{t(`problem.${data.code}.what`)}</p>
      </Panel>
      <p>{t(`problem.${data.code}.next`)}</p>
      {data.receipt === undefined && <TransferReference t={t} base={base} />}
      <ReceiptLink t={t} base={base} number={data.receipt} />
    </>
  )
}
