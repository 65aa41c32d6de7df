import { oidcConnection } from '@emrex-gateway/identity-oidc'
import { samlConnection } from '@emrex-gateway/identity-saml'
import { z } from 'zod'
import { profiles } from './profiles/profiles.js'

const idsOf = (protocol: 'saml' | 'oidc') =>
  profiles.filter((profile) => profile.protocol === protocol).map(({ id }) => id)

const ofProfile = {
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'a country such as SE'))
    .min(1)
    .optional()
    .describe('Countries whose people this login serves; absent: as the profile has it. Such as those behind eIDAS.'),
  studentNumbersOf: z
    .array(z.string().regex(/^[a-z0-9.-]+$/, 'a domain in lower-case letters'))
    .default([])
    .describe('Domains of universities whose student numbers are taken from the claim that holds them.'),
}

const saml = z.strictObject({ profile: z.enum(idsOf('saml')), ...samlConnection, ...ofProfile })
const oidc = z.strictObject({
  profile: z.enum(idsOf('oidc')),
  ...oidcConnection,
  ...ofProfile,
  clientAuth: z
    .enum(['private_key_jwt', 'tls_client_auth', 'client_secret_basic', 'client_secret_post'])
    .optional()
    .describe('How our client proves itself, where it was registered in another way than the profile has it.'),
})

/** Settings of a login by one of the profiles: which one, and what its SAML or its OpenID Connect login needs. */
export const eidasSettings = z.discriminatedUnion('profile', [saml, oidc], {
  error: ({ code, input }) =>
    code === 'invalid_union' && typeof input === 'object'
      ? `no such profile; there are ${profiles.map(({ id }) => id).join(', ')}`
      : undefined,
})

export type EidasSettings = z.output<typeof eidasSettings>
export type SamlEidasSettings = z.output<typeof saml>
export type OidcEidasSettings = z.output<typeof oidc>
