import { Button, type PageView } from '@emrex-gateway/web'
import type { AskedFor } from '../../api/request-records.js'
import { AskedList } from './asked-list.js'
import type { PageContext, Words } from './page-context.js'

/** What stands behind the link of an applicant: who asks and for what, and two ways to go. */
export function linkPageView(
  asked: AskedFor,
  context: Words,
  action: string,
): Pick<PageView, 'title' | 'body' | 'formAction' | 'status'> {
  const { t } = context
  const { asker } = asked
  return {
    title: t('api.link.title', { asker }),
    status: 200,
    // The answer to the button may be a redirect to a login elsewhere.
    formAction: { kind: 'open' },
    body: (
      <>
        <p>{t('api.link.intro')}</p>
        <h2>{t('api.ask.title')}</h2>
        <AskedList asked={asked} context={context} />
        <p>{t('api.link.once')}</p>
        <form method="post" action={action} data-submit-once>
          <Button name="decision" value="accept">
            {t('api.link.accept')}
          </Button>
        </form>
        <p>{t('api.link.decline-what', { asker })}</p>
        <form method="post" action={`${action}/decline`} data-submit-once class="way-out">
          <Button kind="quiet" name="decision" value="decline">
            {t('api.link.decline')}
          </Button>
        </form>
      </>
    ),
  }
}

/** Where somebody without a link arrives: there is nothing to begin here. */
export function linkOnlyPageView({
  t,
  title,
}: Pick<PageContext, 't' | 'title'>): Pick<PageView, 'title' | 'body' | 'formAction' | 'status'> {
  return {
    title: t('api.start.title', { title }),
    status: 200,
    formAction: { kind: 'self' },
    body: (
      <>
        <p>{t('api.start.what')}</p>
        <p>{t('api.start.next')}</p>
      </>
    ),
  }
}
