import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { assetUrl } from '../server/assets.js'
import type { Frame } from '../server/site.js'
import { translator } from '../texts/translator.js'
import type { FormAction } from './form-action.js'

/** One page: its content and what the browser must know about it. The title is the page's only `h1`. */
export interface PageView extends Frame {
  readonly title: string
  readonly body: VNode
  readonly formAction: FormAction
  /** HTTP status. */
  readonly status: number
  /** `wide` for tables that staff work with; `reading` when absent. */
  readonly width?: 'reading' | 'wide'
  /** The page renews itself after so many seconds, but not under the hands of somebody who is in the middle of it. */
  readonly refreshSeconds?: number
  /** So many days the transfer stays open to its browser from now on; a day from its beginning when absent. */
  readonly rememberDays?: number
}

/**
 * The whole HTML document of a page, without any inline script or style.
 *
 * Guaranteed: a language, a title, a link that skips to the content, one `h1`, which the script focuses after navigation.
 * Text is escaped by preact, whoever wrote it.
 */
export function renderPage({ title, body, language, site, width = 'reading', refreshSeconds }: PageView): string {
  const t = translator(language)
  return `<!DOCTYPE html>${render(
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {refreshSeconds !== undefined && (
          <noscript>
            <meta httpEquiv="refresh" content={String(refreshSeconds)} />
          </noscript>
        )}
        <title>{t('site.document-title', { title, site: site.name })}</title>
        <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetUrl('site.css')} />
        <script type="module" src={assetUrl('site.js')} />
      </head>
      <body class={width}>
        <a class="skip-link" href="#content">
          {t('site.skip')}
        </a>
        <header class="site-header">
          <div class="column">{site.home ? <a href={site.home}>{site.name}</a> : <span>{site.name}</span>}</div>
        </header>
        <main id="content" class="column" data-renew-seconds={refreshSeconds}>
          <h1 tabIndex={-1}>{title}</h1>
          {body}
        </main>
        <footer class="site-footer">
          <div class="column">{t('site.footer')}</div>
        </footer>
      </body>
    </html>,
  )}`
}
