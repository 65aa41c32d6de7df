import type { HandOff } from '@emrex-gateway/core'
import { Button } from '../components/button.js'
import { SelfPostForm } from '../components/self-post-form.js'
import type { Frame } from '../server/site.js'
import { translator } from '../texts/translator.js'
import type { PageView } from './page.js'

/** The page that carries a message to another site: it posts itself, once; the button is for people without script. */
export function handOffPage(action: HandOff & { kind: 'post' }, frame: Frame): PageView {
  const t = translator(frame.language)
  return {
    ...frame,
    title: t('hand-off.title'),
    status: 200,
    formAction: action.formOrigins ? { kind: 'origins', origins: action.formOrigins } : { kind: 'open' },
    body: (
      <SelfPostForm url={action.url} fields={action.fields}>
        <p>{t('hand-off.intro', { host: hostOf(action.url) ?? frame.site.name })}</p>
        <Button>{t('hand-off.button')}</Button>
      </SelfPostForm>
    ),
  }
}

const hostOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).host : undefined)
