import { Button, OwnForm, Panel } from '@emrex-gateway/web'
import type { NcpPage } from '../../flow/ncp-page.js'
import { CancelForm } from './cancel-form.js'
import type { PageContext } from './page-context.js'

export function ChooseLoginPage({ data, context }: { data: NcpPage & { page: 'choose-login' }; context: PageContext }) {
  const { t, base, token, title } = context
  return (
    <>
      <p>{t('ncp.login.intro', { title })}</p>
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

export function LoginFailedPage({ data, context }: { data: NcpPage & { page: 'login-failed' }; context: PageContext }) {
  const { t, base, token } = context
  return (
    <>
      {data.code !== 'USER_CANCEL' && (
        <Panel kind="problem">
          <p>{t(`problem.${data.code}.what`)}</p>
        </Panel>
      )}
      <p>{t('ncp.login.again-intro')}</p>
      <OwnForm action={`${base}/login`} token={token}>
        <Button>{t('ncp.login.again')}</Button>
      </OwnForm>
      <CancelForm {...context} />
    </>
  )
}
