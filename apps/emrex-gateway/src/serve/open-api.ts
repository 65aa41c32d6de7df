import { randomBytes } from 'node:crypto'
import type { Log, MailSender, GatewayStore } from '@emrex-gateway/core'
import type { SignatureEngine } from '@emrex-gateway/elmo'
import {
  localText,
  openImportApi,
  parseWebhookSecret,
  type ImportApi,
  type OpenImportApi,
  type ReminderMail,
} from '@emrex-gateway/smp'
import { translator } from '@emrex-gateway/web'
import type { SmpSettings } from '../settings/settings-schema.js'
import { outboundFetch } from './outbound-fetch.js'

type WebhookSecrets = ReadonlyMap<string, readonly Uint8Array[]>

interface SecretReader {
  text(path: string, file: string): string
  problem(path: string, message: string): void
}

/** The secrets of all receivers of all entries, by their place in the settings; what is wrong with them is told to `files`. */
export function readWebhookSecrets(entries: readonly SmpSettings[], files: SecretReader): WebhookSecrets {
  const secrets = new Map<string, readonly Uint8Array[]>()
  entries.forEach(({ id, api }, at) =>
    api?.clients.forEach((client, index) =>
      client.webhooks.forEach((hook, place) => {
        const path = `smp.${at}.api.clients.${index}.webhooks.${place}.secretFile`
        const text = files.text(path, hook.secretFile)
        const lines = text.split('\n').filter((line) => line.trim() !== '')
        const read = lines.flatMap((line) => parseWebhookSecret(line) ?? [])
        if (read.length < lines.length)
          files.problem(path, 'each line must hold "whsec_" and 24 to 64 random bytes as base64')
        else if (read.length > 0) secrets.set(JSON.stringify([id, client.id, hook.id]), read)
      }),
    ),
  )
  return secrets
}

/** The import API of an SMP, where its settings have one. */
export function openApi(
  entry: SmpSettings,
  secrets: WebhookSecrets,
  host: {
    readonly store: GatewayStore
    readonly log: Log
    readonly engine: SignatureEngine
    readonly sender: MailSender | undefined
    readonly owner: string
    now(): Date
  },
): OpenImportApi | undefined {
  if (entry.api === undefined) return undefined
  const { store, log, engine, sender, owner } = host
  const settings: ImportApi = {
    entry: entry.id,
    publicUrl: `${entry.publicUrl}/smp/${entry.id}`,
    hasLogins: entry.logins.length > 0,
    ...entry.api,
    clients: entry.api.clients.map((client) => ({
      ...client,
      webhooks: client.webhooks.map(({ secretFile: _file, ...hook }) => ({
        ...hook,
        secrets: secrets.get(JSON.stringify([entry.id, client.id, hook.id]))!,
      })),
    })),
    transferMinutes: entry.transferMinutes,
  }
  return openImportApi(
    settings,
    {
      ...{ store, log, engine, now: () => host.now(), fetch: outboundFetch({}, { maxBytes: 65_536 }) },
      randomBytes: (bytes) => randomBytes(bytes),
      ...(sender === undefined ? {} : { mail: reminderMail(sender) }),
    },
    owner,
  )
}

/** Who asks, for what, and the link; nothing about the applicant. */
function reminderMail(sender: MailSender): ReminderMail {
  return {
    sender,
    write: ({ language, asker, purpose, link, daysLeft }) => {
      const t = translator(language)
      const values = { asker, purpose: localText(purpose, language), link, count: daysLeft }
      return { subject: t('api.reminder.subject', { asker }), text: t('api.reminder.text', values) }
    },
  }
}
