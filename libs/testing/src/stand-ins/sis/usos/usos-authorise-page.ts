import { escapeHtml, page } from '../../self-posting-page.js'
import type { LanguagePair } from './usos-installations.js'

export const authorisePath = '/services/oauth/authorize'

/** Where the student says yes or no: one button for each invented student, and one to call it off. */
export function usosAuthorisePage(
  institution: LanguagePair,
  token: string,
  scopes: readonly string[],
  students: readonly { readonly id: string; readonly label: string }[],
): string {
  const form = (fields: Readonly<Record<string, string>>, label: string): string =>
    `<form method="post" action="${authorisePath}">${Object.entries({ oauth_token: token, ...fields })
      .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
      .join('')}<button type="submit">${escapeHtml(label)}</button></form>`
  return page(
    institution.en ?? institution.pl,
    [
      '<p>Everybody here is invented. Who are you?</p>',
      `<p>Your results will be read: ${scopes.map(escapeHtml).join(', ')}.</p>`,
      ...students.map(({ id, label }) => form({ student: id }, label)),
      form({ cancel: 'yes' }, 'Cancel'),
    ].join('\n'),
  )
}

export const usosDeadEnd = (): string =>
  page('This page has been used', '<p>Go back to where you came from, and begin again.</p>')
