import { Button, OwnForm, Panel } from '@emrex-gateway/web'
import type { SmpPage } from '../../flow/smp-page.js'
import { CancelForm } from './cancel-form.js'
import type { PageContext } from './page-context.js'

export function ChooseLoginPage({ data, context }: { data: SmpPage & { page: 'choose-login' }; context: PageContext }) {
  const { base, token } = context
  return (
    <>
      <OwnForm action={`${base}/login`} token={token}>
        <ul class="choices">
          {data.logins.map(({ id, label }) => (
            <li key={id}>
              <button class="choice" type="submit" name="login" value={id}>
                <span class="choice-label">{label}</span>
              </button>
            </li>
          ))}
        </ul>
      </OwnForm>
      <CancelForm {...context} />
    </>
  )
}

export function LoginFailedPage({ data, context }: { data: SmpPage & { page: 'login-failed' }; context: PageContext }) {
  const { t, base, token } = context
  return (
    <>
      {data.code !== 'USER_CANCEL' && (
        <Panel kind="problem">
          <p>{t(`problem.${data.code}.what`)}</p>
        </Panel>
      )}
      <p>{t('smp.login.again-intro')}</p>
      <OwnForm action={`${base}/login`} token={token}>
        <Button>{t('smp.login.again')}</Button>
      </OwnForm>
      <CancelForm {...context} />
    </>
  )
}
