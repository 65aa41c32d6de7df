import type { ShownProof } from '@emrex-gateway/core'
import type { Translate } from '../texts/translator.js'
import { Button } from './button.js'
import { ErrorSummary } from './error-summary.js'
import { HiddenFields } from './hidden-fields.js'
import { OwnForm } from './own-form.js'
import { Panel } from './panel.js'

interface Props<Step extends ShownProof['step'] = ShownProof['step']> {
  readonly t: Translate
  readonly proof: Extract<ShownProof, { step: Step }>
  /** Path of the transfer: forms post to `${base}/prove`, `/prove-login` and `/prove-not`. */
  readonly base: string
  readonly token: string
}

/** Title of the page of a second proof. */
export const secondProofTitle = (t: Translate, { step }: ShownProof): string => t(`proof.${step}.title`)

/** What a person does whose login does not suffice: a student number, the code that was sent, or another login. */
export function SecondProof(props: Props) {
  const { proof, ...rest } = props
  if (proof.step === 'ways') return <Ways {...rest} proof={proof} />
  return proof.step === 'code' ? <Code {...rest} proof={proof} /> : <Refused {...rest} proof={proof} />
}

function Ways({ t, proof, base, token }: Props<'ways'>) {
  const { places, logins, mistake } = proof
  const isWrong = mistake === 'number'
  return (
    <>
      {mistake && (
        <ErrorSummary
          t={t}
          errors={[{ text: t(`proof.mistake.${mistake}`), ...(mistake === 'login' ? {} : { fieldId: 'number' }) }]}
        />
      )}
      <p>{t('proof.ways.why')}</p>
      {places.length > 0 && (
        <section aria-labelledby="by-number">
          <h2 id="by-number">{t('proof.number.title')}</h2>
          <p id="number-hint">{t('proof.number.how')}</p>
          <OwnForm action={`${base}/prove`} token={token}>
            <HiddenFields fields={{ did: 'number' }} />
            {places.length > 1 && (
              <fieldset>
                <legend>{t('proof.number.place')}</legend>
                {places.map((title, index) => (
                  <p key={title}>
                    <label>
                      <input type="radio" name="place" value={String(index)} required /> {title}
                    </label>
                  </p>
                ))}
              </fieldset>
            )}
            <p class="field">
              <label for="number">
                {places.length === 1 ? t('proof.number.field-at', { title: places[0]! }) : t('proof.number.field')}
              </label>
              <input
                id="number"
                name="number"
                type="text"
                required
                maxLength={64}
                autoComplete="off"
                spellcheck={false}
                aria-describedby="number-hint"
                aria-invalid={isWrong ? 'true' : undefined}
              />
            </p>
            <Button>{t('proof.number.button')}</Button>
          </OwnForm>
        </section>
      )}
      <OtherLogins t={t} logins={logins} base={base} token={token} />
      <GiveUp t={t} base={base} token={token} />
    </>
  )
}

function Code({ t, proof, base, token }: Props<'code'>) {
  const { mistake } = proof
  return (
    <>
      {mistake && <ErrorSummary t={t} errors={[{ text: t(`proof.mistake.${mistake}`), fieldId: 'code' }]} />}
      <p>{t('proof.code.sent', { title: proof.place })}</p>
      <p id="code-hint">{t('proof.code.how', { minutes: proof.minutes })}</p>
      <OwnForm action={`${base}/prove`} token={token}>
        <HiddenFields fields={{ did: 'code' }} />
        <p class="field">
          <label for="code">{t('proof.code.field')}</label>
          <input
            id="code"
            name="code"
            type="text"
            required
            inputMode="numeric"
            maxLength={16}
            autoComplete="one-time-code"
            aria-describedby="code-hint"
            aria-invalid={mistake === undefined ? undefined : 'true'}
          />
        </p>
        <Button>{t('proof.code.button')}</Button>
      </OwnForm>
      <h2>{t('proof.code.nothing')}</h2>
      <p>{t('proof.code.nothing-why')}</p>
      <Did t={t} did="back" text="proof.code.back" base={base} token={token} />
      <Did t={t} did="no-access" text="proof.code.no-access" base={base} token={token} />
    </>
  )
}

function Refused({ t, proof, base, token }: Props<'refused'>) {
  return (
    <>
      <Panel kind="problem">
        <p>{t(`proof.refused.${proof.why}`)}</p>
      </Panel>
      <p>{t('proof.refused.next')}</p>
      {proof.why !== 'locked' && <OtherLogins t={t} logins={proof.logins} base={base} token={token} />}
      {proof.why !== 'locked' && <Did t={t} did="back" text="proof.refused.back" base={base} token={token} />}
      <GiveUp t={t} base={base} token={token} />
    </>
  )
}

function OtherLogins(props: { t: Translate; logins: Props<'ways'>['proof']['logins']; base: string; token: string }) {
  const { t, logins, base, token } = props
  if (logins.length === 0) return null
  return (
    <section aria-labelledby="by-login">
      <h2 id="by-login">{t('proof.login.title')}</h2>
      <p>{t('proof.login.how')}</p>
      <OwnForm action={`${base}/prove-login`} token={token}>
        <ul class="choices">
          {logins.map(({ id, label }) => (
            <li key={id}>
              <button class="choice" type="submit" name="login" value={id}>
                <span class="choice-label">{label}</span>
              </button>
            </li>
          ))}
        </ul>
      </OwnForm>
    </section>
  )
}

function Did(props: {
  t: Translate
  did: string
  text: 'proof.code.back' | 'proof.code.no-access' | 'proof.refused.back'
  base: string
  token: string
}) {
  return (
    <OwnForm action={`${props.base}/prove`} token={props.token}>
      <HiddenFields fields={{ did: props.did }} />
      <Button kind="secondary">{props.t(props.text)}</Button>
    </OwnForm>
  )
}

const GiveUp = ({ t, base, token }: { t: Translate; base: string; token: string }) => (
  <OwnForm action={`${base}/prove-not`} token={token}>
    <Button kind="secondary">{t('proof.not')}</Button>
  </OwnForm>
)
