import { LoginChoice, LoginFailed } from '@emrex-gateway/web'
import type { NcpPage } from '../../flow/ncp-page.js'
import { CancelForm } from './cancel-form.js'
import type { PageContext } from './page-context.js'

export function ChooseLoginPage({ data, context }: { data: NcpPage & { page: 'choose-login' }; context: PageContext }) {
  const { t, language, base, token, title } = context
  return (
    <>
      <p>{t('ncp.login.intro', { title })}</p>
      <LoginChoice t={t} language={language} logins={data.logins} base={base} token={token} />
      <CancelForm {...context} />
    </>
  )
}

export function LoginFailedPage({ data, context }: { data: NcpPage & { page: 'login-failed' }; context: PageContext }) {
  const { t } = context
  return (
    <>
      <LoginFailed {...context} {...data} intro={t('ncp.login.again-intro')} again={t('ncp.login.again')} />
      <CancelForm {...context} />
    </>
  )
}
