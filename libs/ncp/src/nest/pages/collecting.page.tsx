import { Button, Panel } from '@emrex-gateway/web'
import type { NcpPage } from '../../flow/ncp-page.js'
import { CancelForm } from './cancel-form.js'
import type { PageContext } from './page-context.js'

/** Results are being read: how far it is. The page renews itself. */
export function CollectingPage({ data, context }: { data: NcpPage & { page: 'collecting' }; context: PageContext }) {
  const { t, base } = context
  const { places } = data
  const done = places.filter(({ state }) => state !== 'asked').length
  return (
    <>
      <Panel kind="waiting">
        <p>{t('collecting.what')}</p>
        {places.length > 1 && <p>{t('collecting.places', { done, count: places.length })}</p>}
      </Panel>
      {places.length > 1 && (
        <ul>
          {places.map(({ place, state }, index) => (
            <li key={index}>
              {place}: {t(`collecting.${state}`)}
            </li>
          ))}
        </ul>
      )}
      <p>
        <Button kind="secondary" href={base}>
          {t('collecting.refresh')}
        </Button>
      </p>
      <CancelForm {...context} />
    </>
  )
}
