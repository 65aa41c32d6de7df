import type { ReasonCode } from '@emrex-gateway/core'
import type { Translate } from '../texts/translator.js'
import { Button } from './button.js'
import { OwnForm } from './own-form.js'
import { Panel } from './panel.js'

/** A login that failed, or was stopped by the person: why, and the button that begins it again. */
export function LoginFailed(props: {
  t: Translate
  code: ReasonCode
  intro: string
  again: string
  base: string
  token: string
}) {
  const { t, code, intro, again, base, token } = props
  return (
    <>
      {code !== 'USER_CANCEL' && (
        <Panel kind="problem">
          <p>{t(`problem.${code}.what`)}</p>
        </Panel>
      )}
      <p>{intro}</p>
      <OwnForm action={`${base}/login`} token={token}>
        <Button>{again}</Button>
      </OwnForm>
    </>
  )
}
