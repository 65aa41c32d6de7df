import type { Translate } from '../texts/translator.js'
import { Button } from './button.js'
import { OwnForm } from './own-form.js'

/** The way out of a login that still stands elsewhere; nothing where there is none. */
export function LogOut(props: { t: Translate; login: string | undefined; base: string; token: string }) {
  const { t, login, base, token } = props
  if (login === undefined) return null
  return (
    <OwnForm action={`${base}/log-out`} token={token}>
      <p>{t('login.out-intro', { login })}</p>
      <Button kind="quiet">{t('login.out', { login })}</Button>
    </OwnForm>
  )
}
