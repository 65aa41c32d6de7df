import { Button, ElmoDocument, HiddenFields, OwnForm, SummaryList, timeText, TranscriptLink } from '@emrex-gateway/web'
import type { NcpPage } from '../../flow/ncp-page.js'
import { CancelForm } from './cancel-form.js'
import type { PageContext } from './page-context.js'

/** What will be sent, read from the signed bytes themselves, and to whom. Nothing goes without the button here. */
export function PreviewPage({ data, context }: { data: NcpPage & { page: 'preview' }; context: PageContext }) {
  const { t, base, token, language } = context
  const { receiver, elmo, requestedAt, document, transcript } = data
  const name = receiver.kind === 'known' ? receiver.name : receiver.host
  return (
    <>
      <p>{t('ncp.preview.intro')}</p>
      <h2>{t('ncp.preview.to')}</h2>
      <SummaryList
        rows={[
          ...(receiver.kind === 'known' ? [{ name: t('ncp.preview.receiver'), value: <strong>{name}</strong> }] : []),
          { name: t('ncp.receiver.address'), value: receiver.host },
          { name: t('ncp.preview.requested-at'), value: timeText(requestedAt, language) },
        ]}
      />
      <h2>{t('ncp.preview.what')}</h2>
      <ElmoDocument elmo={elmo} t={t} language={language} />
      {transcript && <TranscriptLink t={t} href={`${base}/transcript.pdf`} hint={t('ncp.preview.transcript')} />}
      <div class="actions">
        <OwnForm action={`${base}/send`} token={token}>
          <HiddenFields fields={{ document }} />
          <Button>{t('ncp.preview.send', { receiver: name })}</Button>
        </OwnForm>
        <OwnForm action={`${base}/reselect`} token={token}>
          <Button kind="secondary">{t('ncp.preview.back')}</Button>
        </OwnForm>
      </div>
      <CancelForm {...context} />
    </>
  )
}
