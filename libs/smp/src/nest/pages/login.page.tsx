import { LoginChoice, LoginFailed } from '@emrex-gateway/web'
import type { SmpPage } from '../../flow/smp-page.js'
import { CancelForm } from './cancel-form.js'
import type { PageContext } from './page-context.js'

export function ChooseLoginPage({ data, context }: { data: SmpPage & { page: 'choose-login' }; context: PageContext }) {
  const { base, token } = context
  return (
    <>
      <LoginChoice logins={data.logins} base={base} token={token} />
      <CancelForm {...context} />
    </>
  )
}

export function LoginFailedPage({ data, context }: { data: SmpPage & { page: 'login-failed' }; context: PageContext }) {
  const { t, base, token } = context
  const [intro, again] = [t('smp.login.again-intro'), t('smp.login.again')]
  return (
    <>
      <LoginFailed t={t} code={data.code} intro={intro} again={again} base={base} token={token} />
      <CancelForm {...context} />
    </>
  )
}
