import { LoginChoice, LoginFailed } from '@emrex-gateway/web'
import type { SmpPage } from '../../flow/smp-page.js'
import { CancelForm } from './cancel-form.js'
import type { PageContext } from './page-context.js'

export function ChooseLoginPage({ data, context }: { data: SmpPage & { page: 'choose-login' }; context: PageContext }) {
  const { t, language, base, token } = context
  return (
    <>
      <LoginChoice t={t} language={language} logins={data.logins} base={base} token={token} />
      <CancelForm {...context} />
    </>
  )
}

export function LoginFailedPage({ data, context }: { data: SmpPage & { page: 'login-failed' }; context: PageContext }) {
  const { t } = context
  return (
    <>
      <LoginFailed {...context} {...data} intro={t('smp.login.again-intro')} again={t('smp.login.again')} />
      <CancelForm {...context} />
    </>
  )
}
