import type { OfferedLogin, ReasonCode } from '@emrex-gateway/core'
import type { Translate } from '../texts/translator.js'
import { Button } from './button.js'
import { LoginChoice } from './login-choice.js'
import { OwnForm } from './own-form.js'
import { Panel } from './panel.js'

/** A login that failed, or was stopped by the person: why, the button that begins it again, and the other logins. */
export function LoginFailed(props: {
  t: Translate
  language: string
  code: ReasonCode
  intro: string
  again: string
  /** The login that failed. */
  login: string
  logins: readonly OfferedLogin[]
  base: string
  token: string
}) {
  const { t, language, code, intro, again, login, base, token } = props
  const others = props.logins.filter(({ id }) => id !== login)
  return (
    <>
      {code !== 'USER_CANCEL' && (
        <Panel kind="problem">
          <p>{t(`problem.${code}.what`)}</p>
          <p>{t(`problem.${code}.next`)}</p>
        </Panel>
      )}
      <p>{intro}</p>
      <OwnForm action={`${base}/login`} token={token}>
        <input type="hidden" name="login" value={login} />
        <Button>{again}</Button>
      </OwnForm>
      {others.length > 0 && (
        <>
          <h2>{t('login.others')}</h2>
          <LoginChoice t={t} language={language} logins={others} base={base} token={token} headings="h3" />
        </>
      )}
    </>
  )
}
