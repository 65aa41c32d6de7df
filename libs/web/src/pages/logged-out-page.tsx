import type { Translate } from '../texts/translator.js'
import type { PageView } from './page.js'

/** Where a browser comes back to from a login that it left, or could not leave. */
export function loggedOutPage(
  t: Translate,
  isLeft: boolean,
): Pick<PageView, 'title' | 'body' | 'formAction' | 'status'> {
  return {
    title: t(isLeft ? 'login.left-title' : 'login.not-left-title'),
    status: 200,
    formAction: { kind: 'self' },
    body: <p>{t(isLeft ? 'login.left' : 'login.not-left')}</p>,
  }
}
