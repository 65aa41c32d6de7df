import { Button, OwnForm } from '@emrex-gateway/web'
import type { PageContext } from './page-context.js'

/** The way out of every page. */
export function CancelForm({ t, base, token }: PageContext) {
  return (
    <OwnForm action={`${base}/cancel`} token={token}>
      <Button kind="secondary">{t('smp.cancel')}</Button>
    </OwnForm>
  )
}
