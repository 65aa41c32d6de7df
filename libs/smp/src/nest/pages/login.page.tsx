import { Button, OwnForm } from '@emrex-gateway/web'
import type { SmpPage } from '../../flow/smp-page.js'
import { CancelForm } from './cancel-form.js'
import type { PageContext } from './page-context.js'

export function ChooseLoginPage({ data, context }: { data: SmpPage & { page: 'choose-login' }; context: PageContext }) {
  const { base, token } = context
  return (
    <>
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

export function LoginFailedPage({ data, context }: { data: SmpPage & { page: 'login-failed' }; context: PageContext }) {
  const { t, base, token } = context
  return (
    <>
      <p>{t(`problem.${data.code}.what`)}</p>
      <p>{t('smp.login.again-intro')}</p>
      <OwnForm action={`${base}/login`} token={token}>
        <Button>{t('smp.login.again')}</Button>
      </OwnForm>
      <CancelForm {...context} />
    </>
  )
}
