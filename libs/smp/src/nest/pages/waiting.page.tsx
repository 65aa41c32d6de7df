import { Button, OwnForm, Panel } from '@emrex-gateway/web'
import type { SmpPage } from '../../flow/smp-page.js'
import { CancelForm } from './cancel-form.js'
import type { PageContext } from './page-context.js'

/** The person is here, the answer is not: the ways on. */
export function WaitingPage({ data, context }: { data: SmpPage & { page: 'waiting' }; context: PageContext }) {
  const { t, base, token } = context
  const { ncp } = data
  return (
    <>
      <Panel kind="waiting">
        <p>{t('smp.waiting.what', { ncp })}</p>
      </Panel>
      <p>{t('smp.waiting.again-intro')}</p>
      <div class="actions">
        <OwnForm action={`${base}/ask`} token={token}>
          <Button>{t('smp.waiting.again', { ncp })}</Button>
        </OwnForm>
        <OwnForm action={`${base}/choose-again`} token={token}>
          <Button kind="secondary">{t('smp.waiting.other')}</Button>
        </OwnForm>
      </div>
      <CancelForm {...context} />
    </>
  )
}

/** The import was decided and is under way; the page renews itself. */
export function ImportingPage({ data, context }: { data: SmpPage & { page: 'importing' }; context: PageContext }) {
  const { t, base } = context
  return (
    <>
      <Panel kind="waiting">
        <p>{t(data.tries === 'first' ? 'smp.importing.first' : 'smp.importing.again')}</p>
      </Panel>
      <p>
        <Button kind="secondary" href={base}>
          {t('smp.importing.refresh')}
        </Button>
      </p>
    </>
  )
}
