import type { Translate } from '../texts/translator.js'
import type { PageView } from './page.js'

/** Where a browser comes back to from a login that it left. */
export function loggedOutPage(t: Translate): Pick<PageView, 'title' | 'body' | 'formAction' | 'status'> {
  return {
    title: t('login.left-title'),
    status: 200,
    formAction: { kind: 'self' },
    body: <p>{t('login.left')}</p>,
  }
}
