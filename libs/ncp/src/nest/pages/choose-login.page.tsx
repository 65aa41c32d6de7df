import { Button, OwnForm } from '@emrex-gateway/web'
import type { NcpPage } from '../../flow/ncp-page.js'
import { CancelForm } from './cancel-form.js'
import type { PageContext } from './page-context.js'

export function ChooseLoginPage({ data, context }: { data: NcpPage & { page: 'choose-login' }; context: PageContext }) {
  const { t, base, token, title } = context
  return (
    <>
      <p>{t('ncp.login.intro', { title })}</p>
      {data.logins.map(({ id, label }) => (
        <OwnForm key={id} action={`${base}/login`} token={token}>
          <input type="hidden" name="login" value={id} />
          <Button>{label}</Button>
        </OwnForm>
      ))}
      <CancelForm {...context} />
    </>
  )
}

export function LoginFailedPage({ data, context }: { data: NcpPage & { page: 'login-failed' }; context: PageContext }) {
  const { t, base, token } = context
  return (
    <>
      <p>{t(`problem.${data.code}.what`)}</p>
      <p>{t('ncp.login.again-intro')}</p>
      <OwnForm action={`${base}/login`} token={token}>
        <Button>{t('ncp.login.again')}</Button>
      </OwnForm>
      <CancelForm {...context} />
    </>
  )
}
