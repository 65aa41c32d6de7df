import { WayOut } from '@emrex-gateway/web'
import type { PageContext } from './page-context.js'

/** The way out of every page. */
export const CancelForm = ({ t, base, token }: PageContext) => (
  <WayOut base={base} token={token}>
    {t('smp.cancel')}
  </WayOut>
)
