import { claimRuleSettings, loaRuleSettings, subjectRuleSettings, withoutGaps } from '@emrex-gateway/core'
import { z } from 'zod'
import { oidcConnection } from './oidc-settings.js'
import type { OidcProfile } from './profile.js'

/** Settings of an OpenID Connect login that no profile describes: everything about it stands here. */
export const plainOidcSettings = z.strictObject({
  ...oidcConnection,
  label: z.string().min(1).describe('Its name on the page.'),
  kind: z.enum(['eid', 'federation', 'student']).default('student'),
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).default([]),
  clientAuth: z
    .enum(['private_key_jwt', 'tls_client_auth', 'client_secret_basic', 'client_secret_post'])
    .default('private_key_jwt'),
  scopes: z.array(z.string().min(1)).default(['openid', 'profile']),
  pushedRequests: z.enum(['required', 'when-offered', 'never']).default('when-offered'),
  responseMode: z.enum(['query', 'form_post']).default('query'),
  userinfo: z.enum(['json', 'jwt', 'none']).default('json'),
  askLevelBy: z.enum(['acr_values', 'claims']).optional(),
  levelFrom: z.enum(['acr', 'assurance-claim']).default('acr'),
  levels: z.array(loaRuleSettings).default([]),
  claims: z.array(claimRuleSettings).min(1),
  subject: subjectRuleSettings
    .optional()
    .describe('What `sub` is worth to a student information system; absent: nothing.'),
  idTokenAlgorithms: z
    .array(z.enum(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']))
    .min(1)
    .default(['RS256', 'PS256', 'ES256']),
  needsIss: z.boolean().optional(),
  logout: z.enum(['rp-initiated', 'none']).default('none'),
  logoutBy: z
    .enum(['post', 'get'])
    .default('post')
    .describe('`get` for an issuer that takes no form: then the ID token stands in an address.'),
})

export type PlainOidcSettings = z.output<typeof plainOidcSettings>

const known = { source: 'the settings' }

/** The profile that settings of a plain login describe. */
export function profileOfSettings(settings: PlainOidcSettings): OidcProfile {
  const { subject, askLevelBy, needsIss, responseMode } = settings
  return {
    protocol: 'oidc',
    id: 'plain-oidc',
    kind: settings.kind,
    label: settings.label,
    countries: settings.countries,
    scopes: settings.scopes,
    clientAuth: settings.clientAuth,
    pushedRequests: settings.pushedRequests,
    userinfo: settings.userinfo,
    levelFrom: settings.levelFrom,
    levels: settings.levels.map((level) => ({ ...withoutGaps(level), known })),
    claims: settings.claims.map((rule) => ({ ...withoutGaps(rule), known })),
    idTokenAlgorithms: settings.idTokenAlgorithms,
    notes: [],
    ...(askLevelBy && { askLevelBy }),
    ...(needsIss !== undefined && { needsIss }),
    ...(responseMode === 'form_post' && { responseMode }),
    ...(settings.logout === 'rp-initiated' && { logout: settings.logout }),
    ...(settings.logoutBy === 'get' && { logoutBy: settings.logoutBy }),
    ...(subject && {
      subject: { names: ['sub'], gives: 'identifier', scheme: 'oidc-sub', ...withoutGaps(subject), known },
    }),
  }
}
