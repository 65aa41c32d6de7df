import { countryName, type OfferedLogin } from '@emrex-gateway/core'
import type { Translate } from '../texts/translator.js'
import { FilterField } from './filter-field.js'
import { OwnForm } from './own-form.js'

const kinds = ['student', 'federation', 'eid', 'demo'] as const
/** So many logins are read faster than searched. */
const readAtOnce = 12
const listId = 'logins'

interface Props {
  readonly t: Translate
  readonly language: string
  readonly logins: readonly OfferedLogin[]
  /** Path of the transfer. */
  readonly base: string
  readonly token: string
  /** Level of the headings of the groups: one below that of what stands above. */
  readonly headings?: 'h2' | 'h3'
}

/** One button per login, by kind of login, with what it is good for; a field to search by name or country where there are many. */
export function LoginChoice(props: Props) {
  const { t, logins, base, token, headings: Heading = 'h2' } = props
  const groups = kinds
    .map((kind) => ({ kind, found: logins.filter((login) => login.kind === kind) }))
    .filter(({ found }) => found.length > 0)
  if (groups.length === 0) return <p>{t('login.none')}</p>
  return (
    <OwnForm action={`${base}/login`} token={token}>
      {logins.length > readAtOnce && (
        <FilterField t={t} list={listId} label={t('login.search')} total={logins.length} />
      )}
      <div id={listId}>
        {groups.map(({ kind, found }) => (
          <section key={kind} aria-labelledby={`logins-${kind}`}>
            {groups.length > 1 && <Heading id={`logins-${kind}`}>{t(`login.kind.${kind}`)}</Heading>}
            <ul class="choices" aria-labelledby={groups.length > 1 ? `logins-${kind}` : undefined}>
              {found.map((login) => (
                <li key={login.id} data-filtered>
                  <Login login={login} {...props} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </OwnForm>
  )
}

function Login({ login, t, language }: Props & { login: OfferedLogin }) {
  const countries = login.countries.map((code) => countryName(code, language)).join(', ')
  const details = [
    ...(countries === '' ? [] : [countries]),
    t('login.serves', { list: login.serves.join(', ') }),
    ...(login.needsStudentNumber ? [t('login.needs-number')] : []),
  ]
  if (!login.available)
    return (
      <div class="choice disabled">
        <span class="choice-label">{login.label}</span>
        <span class="choice-detail">{t('login.down')}</span>
      </div>
    )
  return (
    <button class="choice" type="submit" name="login" value={login.id}>
      <span class="choice-label">{login.label}</span>
      {details.map((detail) => (
        <span key={detail} class="choice-detail">
          {detail}
        </span>
      ))}
    </button>
  )
}
