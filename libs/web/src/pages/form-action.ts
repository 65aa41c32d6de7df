import { EmrexError } from '@emrex-gateway/core'

/**
 * Where a form of a page may lead.
 *
 * `open` = no directive: the form leads to an NCP or a login, which redirect on to places that we cannot know, and
 * browsers apply `form-action` to redirects as well. Use it too for our own form whose answer may be such a redirect.
 */
export type FormAction =
  | { readonly kind: 'self' }
  | { readonly kind: 'open' }
  | { readonly kind: 'origins'; readonly origins: readonly string[] }

const fixed = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "frame-ancestors 'none'",
]

/**
 * The Content-Security-Policy of a page: nothing inline, nothing foreign, no frame around it.
 *
 * @throws {EmrexError} INTERNAL when an origin is not an http(s) origin: a policy is never widened by a stray value.
 */
export function contentSecurityPolicy(formAction: FormAction): string {
  return [...fixed, ...formDirective(formAction)].join('; ')
}

function formDirective(formAction: FormAction): string[] {
  if (formAction.kind === 'open') return []
  if (formAction.kind === 'self') return ["form-action 'self'"]
  const sources = formAction.origins.length === 0 ? ["'none'"] : formAction.origins.map(checkedOrigin)
  return [`form-action ${sources.join(' ')}`]
}

function checkedOrigin(origin: string): string {
  if (!URL.canParse(origin)) throw new EmrexError('INTERNAL', 'A form may only lead to http or https origins')
  const { protocol, origin: serialised } = new URL(origin)
  if (serialised !== origin || (protocol !== 'https:' && protocol !== 'http:'))
    throw new EmrexError('INTERNAL', 'A form may only lead to http or https origins')
  return origin
}
