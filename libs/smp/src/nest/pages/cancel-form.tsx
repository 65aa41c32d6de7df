import { Button, OwnForm } from '@emrex-gateway/web'
import type { PageContext } from './page-context.js'

/** The way out of every page. */
export function CancelForm({ t, base, token }: PageContext) {
  return (
    <div class="way-out">
      <OwnForm action={`${base}/cancel`} token={token}>
        <Button kind="quiet">{t('smp.cancel')}</Button>
      </OwnForm>
    </div>
  )
}
