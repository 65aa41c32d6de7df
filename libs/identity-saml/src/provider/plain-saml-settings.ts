import { claimRuleSettings, loaRuleSettings, subjectRuleSettings, withoutGaps } from '@emrex-gateway/core'
import { z } from 'zod'
import type { SamlProfile } from '../profile.js'
import { samlConnection } from './saml-settings.js'

const signature = z.enum([
  'rsa-sha256',
  'rsa-sha384',
  'rsa-sha512',
  'rsa-pss-sha256',
  'rsa-pss-sha384',
  'rsa-pss-sha512',
  'ecdsa-sha256',
  'ecdsa-sha384',
  'ecdsa-sha512',
])
const digest = z.enum(['sha256', 'sha384', 'sha512'])

const relaxation = z.strictObject({
  reason: z.string().min(1),
  until: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'the last day on which it holds, such as 2027-06-30')
    .describe('The last day on which it holds.'),
})

/** Settings of a SAML login that no profile describes: everything about it stands here, and what is left out is strict. */
export const plainSamlSettings = z.strictObject({
  ...samlConnection,
  label: z.string().min(1).describe('Its name on the page.'),
  kind: z.enum(['eid', 'federation', 'student']).default('student'),
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).default([]),
  request: z
    .strictObject({
      binding: z.enum(['post', 'redirect']).default('redirect'),
      signature: signature.default('rsa-sha256'),
      digest: digest.default('sha256'),
      forceAuthn: z.enum(['always', 'as-ordered']).default('as-ordered'),
      nameIdFormat: z.string().min(1).optional(),
      authnContext: z.enum(['minimum', 'exact', 'better', 'maximum']).optional(),
      consumer: z.enum(['url', 'index', 'none']).default('url'),
    })
    .prefault({}),
  response: z
    .strictObject({
      binding: z.enum(['post', 'artifact']).default('post'),
      signed: z.enum(['response', 'assertion', 'both', 'either']).default('either'),
      encrypted: z.enum(['required', 'allowed']).default('allowed'),
      signatures: z.array(signature).min(1).default(['rsa-sha256', 'rsa-sha384', 'rsa-sha512', 'ecdsa-sha256']),
      digests: z.array(digest).min(1).default(['sha256', 'sha384', 'sha512']),
      relax: z
        .strictObject({
          aesCbc: relaxation.optional(),
          oaepSha1: relaxation.optional(),
          keyLength: relaxation.optional(),
        })
        .prefault({}),
      skewSeconds: z.number().int().min(0).max(180).default(60),
      maxLifetimeSeconds: z
        .number()
        .int()
        .min(60)
        .max(3600)
        .default(900)
        .describe('How old an answer may be, however long it says that it holds.'),
    })
    .prefault({}),
  levels: z
    .array(loaRuleSettings)
    .default([])
    .describe('AuthnContextClassRef or assurance value, and what it is worth.'),
  levelFrom: z.enum(['authn-context', 'assurance-claim']).default('authn-context'),
  attributes: z.array(claimRuleSettings).min(1),
  nameId: subjectRuleSettings
    .optional()
    .describe('What NameID is worth to a student information system; absent: nothing.'),
  minRsaBits: z.union([z.literal(2048), z.literal(3072)]).default(2048),
  logout: z.enum(['post', 'redirect']).optional(),
})

export type PlainSamlSettings = z.output<typeof plainSamlSettings>

const known = { source: 'the settings' }

/** The profile that settings of a plain login describe. */
export function profileOfSettings(settings: PlainSamlSettings): SamlProfile {
  const { request, response, nameId, logout } = settings
  const { relax, ...rules } = response
  return {
    protocol: 'saml',
    id: 'plain-saml',
    kind: settings.kind,
    label: settings.label,
    countries: settings.countries,
    request: withoutGaps(request),
    response: { ...rules, relax: withoutGaps(relax) },
    levels: settings.levels.map((level) => ({ ...withoutGaps(level), known })),
    levelFrom: settings.levelFrom,
    attributes: settings.attributes.map((rule) => ({ ...withoutGaps(rule), known })),
    minRsaBits: settings.minRsaBits,
    notes: [],
    ...(logout === undefined ? {} : { logout }),
    ...(nameId === undefined
      ? {}
      : { nameId: { names: ['NameID'], gives: 'identifier', scheme: 'saml-nameid', ...withoutGaps(nameId), known } }),
  }
}
