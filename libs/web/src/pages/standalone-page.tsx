import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import { assetOf } from '../server/assets.js'

/**
 * A page as a file of its own: it carries its style, loads nothing, runs nothing and leads nowhere, wherever it is opened.
 * Text is escaped by preact, whoever wrote it.
 */
export function renderStandalonePage(page: { title: string; language: string; body: VNode }): string {
  const { title, language, body } = page
  return `<!DOCTYPE html>${render(
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: assetOf('site.css').bytes.toString() }} />
      </head>
      <body class="wide">
        <main class="column">
          <h1>{title}</h1>
          {body}
        </main>
      </body>
    </html>,
  )}`
}
