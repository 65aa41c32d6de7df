import { WayOut } from '@emrex-gateway/web'
import type { PageContext } from './page-context.js'

/** The way out of every page: back to where the person came from, with nothing sent. */
export const CancelForm = ({ t, base, token }: PageContext) => (
  <WayOut base={base} token={token}>
    {t('ncp.cancel')}
  </WayOut>
)
