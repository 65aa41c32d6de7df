import { Button, Notice, OwnForm, SummaryList } from '@emrex-gateway/web'
import type { NcpPage } from '../../flow/ncp-page.js'
import { CancelForm } from './cancel-form.js'
import type { PageContext } from './page-context.js'

/** Nobody here knows this receiver: the person sees its address, in both spellings, and decides before any login. */
export function ConfirmReceiverPage({
  data,
  context,
}: {
  data: NcpPage & { page: 'confirm-receiver' }
  context: PageContext
}) {
  const { t, base, token } = context
  const { receiver } = data
  const rows = [{ name: t('ncp.receiver.address'), value: <strong>{receiver.host}</strong> }]
  if (receiver.kind === 'ask' && receiver.hostAscii !== receiver.host)
    rows.push({ name: t('ncp.receiver.address-ascii'), value: <strong>{receiver.hostAscii}</strong> })
  return (
    <>
      <Notice kind="warning" title={t('ncp.receiver.unknown-title')}>
        <p>{t('ncp.receiver.unknown')}</p>
      </Notice>
      <SummaryList rows={rows} />
      <OwnForm action={`${base}/confirm-receiver`} token={token}>
        <p class="field">
          <label>
            <input type="checkbox" name="confirmed" value="yes" required /> {t('ncp.receiver.confirm')}
          </label>
        </p>
        <Button>{t('ncp.receiver.continue')}</Button>
      </OwnForm>
      <CancelForm {...context} />
    </>
  )
}
