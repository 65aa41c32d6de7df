import { defaults } from '@emrex-gateway/core'
import { apiScopes, fieldProfiles, resultFields, type FieldProfile, type ResultField } from '@emrex-gateway/smp'
import { z } from 'zod'

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'lower-case letters, digits and hyphens, at most 41')

const localText = z
  .record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'a language tag'), z.string().min(1).max(500))
  .refine((texts) => Object.keys(texts).length > 0, 'at least one language')

const profiles = Object.keys(fieldProfiles) as FieldProfile[]
const fields = z
  .union([z.enum(profiles), z.array(z.enum(resultFields)).min(1)])
  .transform((named): readonly ResultField[] => (typeof named === 'string' ? fieldProfiles[named] : named))

const purpose = z.strictObject({
  id,
  title: localText.describe('By language: what the results are for, as the applicant reads it.'),
  legalBasis: localText.describe('By language: on what basis they are handled, as the applicant reads it.'),
  fields: fields.describe(`What leaves: a list, or one of ${profiles.join(', ')}.`),
  retentionDays: z.number().int().min(1).max(3660).describe('Then everything is deleted.'),
})

const webhook = z.strictObject({
  id,
  url: z.url(),
  secretFile: z
    .string()
    .min(1)
    .describe(
      'Holds `whsec_` and 24 to 64 random bytes as base64; the old and the new one, one a line, while the receiver changes.',
    ),
  timeoutSeconds: z.number().int().min(1).max(60).default(defaults.webhookTimeoutSeconds),
})

const client = z.strictObject({
  id,
  name: z.string().min(1).max(200).describe('Shown to the applicant: who asks.'),
  keys: z
    .array(
      z.strictObject({
        id,
        hash: z.string().regex(/^sha256:[A-Za-z0-9_-]{43}$/, 'as `emrex api-key new` prints it'),
        scopes: z.array(z.enum(apiScopes)).min(1),
      }),
    )
    .min(1),
  purposes: z.array(id).min(1),
  webhooks: z.array(webhook).max(5).default([]),
})

/** Other systems that ask an SMP for results; it then has no target of its own. */
export const importApiSettings = z
  .strictObject({
    purposes: z.array(purpose).min(1),
    clients: z.array(client).min(1),
    requestDays: z.number().int().min(1).max(defaults.requestMaxDays).default(defaults.requestDays),
    reminderDays: z
      .array(z.number().int().min(1).max(defaults.requestMaxDays))
      .default([...defaults.reminderDays])
      .describe('Reminders go out so many days before the end, where the client gave an address.'),
  })
  .superRefine(({ purposes, clients }, context) => {
    const problem = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    const twice = (ids: readonly string[], path: (index: number) => (string | number)[]) =>
      ids.forEach((one, index) => {
        if (ids.indexOf(one) < index) problem(path(index), `"${one}" is used twice`)
      })
    twice(
      purposes.map((one) => one.id),
      (index) => ['purposes', index, 'id'],
    )
    twice(
      clients.map((one) => one.id),
      (index) => ['clients', index, 'id'],
    )
    const keys = clients.flatMap((one, at) => one.keys.map((key, index) => ({ id: key.id, at, index })))
    twice(
      keys.map((key) => key.id),
      (index) => ['clients', keys[index]!.at, 'keys', keys[index]!.index, 'id'],
    )
    clients.forEach((one, at) => {
      one.purposes.forEach((name, index) => {
        if (!purposes.some((known) => known.id === name))
          problem(['clients', at, 'purposes', index], `there is no purpose "${name}"`)
      })
      twice(
        one.webhooks.map((hook) => hook.id),
        (index) => ['clients', at, 'webhooks', index, 'id'],
      )
    })
  })

export type ImportApiSettings = z.infer<typeof importApiSettings>
