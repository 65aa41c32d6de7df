import { z } from 'zod'

const file = z.string().min(1)
const texts = z.record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/), z.string().min(1)).default({})
const host = z.string().regex(/^[a-z0-9.-]+$/, 'a host name in lower-case letters')
const address = z.url({ protocol: /^https?$/, error: 'an address such as https://login.example.edu/metadata' })

const keyPair = z.strictObject({
  keyFile: file.describe('Private key (PEM), relative to the settings file.'),
  certificateFile: file.describe('Its certificate (PEM), as it stands in our metadata.'),
})

const identityProvider = z
  .strictObject({
    entityId: z.string().min(1).max(1024).describe('The entityID of the login, exactly.'),
    metadataFile: file.optional().describe('Metadata that was pinned by hand, relative to the settings file.'),
    metadataUrl: address.optional().describe('Where its signed metadata is fetched from.'),
    metadataQuery: address
      .optional()
      .describe('Base address of a Metadata Query service of a federation; the entityID is appended.'),
    signedBy: z
      .array(file)
      .min(1)
      .max(3)
      .optional()
      .describe('Certificates (PEM) of the operator of the metadata: one of their keys must have signed it.'),
    keepFile: file.optional().describe('Where the last good copy of fetched metadata is kept, for a restart.'),
    maxValidDays: z
      .number()
      .int()
      .min(1)
      .max(366)
      .default(30)
      .describe('Metadata that claims to hold longer is refused.'),
    refreshMinutes: z.number().int().min(5).max(1440).default(60),
    allowedHosts: z.array(host).min(1).optional().describe('The only hosts that its addresses may be on; absent: any.'),
  })
  .refine((it) => [it.metadataFile, it.metadataUrl, it.metadataQuery].filter((one) => one !== undefined).length === 1, {
    message: 'exactly one of metadataFile, metadataUrl and metadataQuery',
    path: ['metadataFile'],
  })
  .refine((it) => (it.metadataUrl ?? it.metadataQuery) === undefined || it.signedBy !== undefined, {
    message: 'fetched metadata must be signed: whose certificates?',
    path: ['signedBy'],
  })

/** What a registration at one identity provider is made of; the same for every profile. */
export const samlConnection = {
  entityId: z.string().min(1).max(1024).describe('Our entityID, as it is registered.'),
  identityProvider,
  signing: z.array(keyPair).min(1).max(2).describe('Our signing keys: the first signs; both stand in our metadata.'),
  encryption: z
    .array(keyPair)
    .max(3)
    .default([])
    .describe('Our keys for what is encrypted to us, newest first; other keys than those that sign.'),
  client: z
    .strictObject({ ...keyPair.shape, authoritiesFile: file.optional() })
    .optional()
    .describe('Client certificate for the back channel, where the operator demands one.'),
  label: z.string().min(1).optional().describe('Its name on the page; absent: as the profile has it.'),
  providerName: z.string().min(1).max(256).optional().describe('The ProviderName that was agreed with the operator.'),
  receivingCountry: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .describe('eIDAS identifiers made for another country than this are refused.'),
  publish: z
    .strictObject({
      displayName: texts,
      description: texts,
      informationUrl: texts,
      privacyUrl: texts,
      entityAttributes: z.record(z.string().min(1), z.array(z.string().min(1)).min(1)).default({}),
      spType: z.enum(['public', 'private']).optional(),
      organisation: z.strictObject({ name: z.string().min(1), url: address }).optional(),
      contacts: z
        .array(z.strictObject({ type: z.enum(['technical', 'support', 'administrative']), email: z.email() }))
        .default([]),
      validDays: z.number().int().min(2).max(366).optional(),
    })
    .prefault({})
    .describe('What our metadata says besides keys and addresses; texts by language.'),
} as const

/** Settings of a login by a profile that is known already. */
export const samlSettings = z.strictObject(samlConnection)

export type SamlSettings = z.output<typeof samlSettings>
