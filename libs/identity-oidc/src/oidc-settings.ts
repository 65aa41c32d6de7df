import { z } from 'zod'

const file = z.string().min(1)

/** What a registration at one issuer is made of; the same for every profile. */
export const oidcConnection = {
  issuer: z
    .url({ protocol: /^https?$/, error: 'an address such as https://login.example.edu' })
    .refine((url) => !/[?#]/.test(url), 'an address without "?" and "#"')
    .describe('The issuer exactly as its discovery document writes it, with or without the slash at the end.'),
  clientId: z.string().min(1).describe('Our name at the issuer.'),
  keyFile: file
    .optional()
    .describe('Private key (PEM, PKCS #8), relative to the settings file: for private_key_jwt and tls_client_auth.'),
  keyId: z.string().min(1).optional().describe('Name of the key at the issuer; absent: its RFC 7638 thumbprint.'),
  keyAlgorithm: z
    .enum(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'])
    .optional()
    .describe('How our key signs; absent: RS256 for an RSA key, and what fits the curve of an elliptic one.'),
  certificateFile: file.optional().describe('Client certificate (PEM) for tls_client_auth.'),
  authoritiesFile: file
    .optional()
    .describe('Certificates (PEM) of the only authorities that may vouch for the server, with tls_client_auth.'),
  clientSecret: z.string().min(1).optional().describe('For client_secret_basic and client_secret_post only.'),
  label: z.string().min(1).optional().describe('Its name on the page; absent: as the profile has it.'),
  furtherHosts: z
    .array(
      z
        .string()
        .regex(/^[a-z0-9.-]+(:\d+)?$/, 'a host name in lower-case letters, with a port where it is an unusual one'),
    )
    .default([])
    .describe('Hosts that the discovery document may name besides the host of the issuer and those below it.'),
}

/** Settings of a login by a profile that is known already. */
export const oidcSettings = z.strictObject(oidcConnection)

export type OidcSettings = z.output<typeof oidcSettings>
