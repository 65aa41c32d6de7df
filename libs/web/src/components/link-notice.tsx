import type { ShownLink } from '@emrex-gateway/core'
import type { Translate } from '../texts/translator.js'
import { Button } from './button.js'
import { HiddenFields } from './hidden-fields.js'
import { OwnForm } from './own-form.js'

/** The links that a person was found by: which login, whose record, since when, and the button that removes each. */
export function LinkNotice(props: {
  t: Translate
  language: string
  links: readonly ShownLink[]
  base: string
  token: string
}) {
  const { t, language, links, base, token } = props
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  return (
    <>
      {links.map(({ id, login, institution, since, sentTo }) => (
        <details key={id} class="link">
          <summary>{t('link.title', { institution })}</summary>
          <p>{t('link.what', { login, institution, since: day.format(new Date(since)) })}</p>
          {sentTo !== undefined && <p>{t('link.proved-by-code', { address: sentTo })}</p>}
          <OwnForm action={`${base}/unlink`} token={token}>
            <HiddenFields fields={{ link: id }} />
            <Button kind="secondary">{t('link.remove')}</Button>
          </OwnForm>
          <p>{t('link.after')}</p>
        </details>
      ))}
    </>
  )
}
