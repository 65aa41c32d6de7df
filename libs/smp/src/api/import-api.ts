import { pickText, type SignatureEngine } from '@emrex-gateway/elmo'
import type { GatewayStore, Log, MailSender } from '@emrex-gateway/core'
import type { ResultField } from './result-fields.js'

/** What a key may do. */
export const apiScopes = ['requests:write', 'requests:read', 'results:read', 'requests:delete'] as const
export type ApiScope = (typeof apiScopes)[number]

/** A text in each language that the operator wrote it in, by BCP 47 tag; the first one stands in for the others. */
export type LocalText = Readonly<Record<string, string>>

/** What results may be asked for, and what of them leaves. */
export interface Purpose {
  readonly id: string
  readonly title: LocalText
  /** On what basis the operator handles the data; shown to the applicant as it is. */
  readonly legalBasis: LocalText
  readonly fields: readonly ResultField[]
  /** At most so many days after the applicant agreed everything is deleted. */
  readonly retentionDays: number
}

export interface ApiKey {
  readonly id: string
  /** `sha256:` and the digest of the whole key, base64url. */
  readonly hash: string
  readonly scopes: readonly ApiScope[]
}

/** Who takes the events of a client. */
export interface WebhookReceiver {
  readonly id: string
  readonly url: string
  /** Each attempt is signed with every one: two while a receiver changes from the old to the new. */
  readonly secrets: readonly Uint8Array[]
  readonly timeoutSeconds: number
}

/** Another system that may ask for results. */
export interface ApiClient {
  readonly id: string
  /** Shown to the applicant: who asks. */
  readonly name: string
  readonly keys: readonly ApiKey[]
  /** Ids of purposes that it may ask for. */
  readonly purposes: readonly string[]
  readonly webhooks: readonly WebhookReceiver[]
}

/** The import API of one SMP, as the settings describe it. */
export interface ImportApi {
  /** Id of the SMP. */
  readonly entry: string
  /** `https://host/smp/ID`, without a slash at the end. */
  readonly publicUrl: string
  /** Whether applicants log in here; without a login the order must say who the applicant is. */
  readonly hasLogins: boolean
  readonly clients: readonly ApiClient[]
  readonly purposes: readonly Purpose[]
  /** For the applicant to answer, where an order does not say. */
  readonly requestDays: number
  /** Reminders go out so many days before the end. */
  readonly reminderDays: readonly number[]
  /** How long a transfer that a link began may take. */
  readonly transferMinutes: number
}

/** Sends a reminder in the language of the order. */
export interface ReminderMail {
  readonly sender: MailSender
  write(reminder: {
    readonly language: string
    readonly asker: string
    readonly purpose: LocalText
    readonly link: string
    readonly daysLeft: number
  }): { readonly subject: string; readonly text: string }
}

export interface ApiHost {
  readonly store: Pick<GatewayStore, 'transfers' | 'jobs'>
  readonly log: Log
  now(): Date
  randomBytes(bytes: number): Uint8Array
  /** For webhooks: with a time limit, and following no redirect. */
  readonly fetch: typeof fetch
  /** Absent where no mail can be sent: then nobody is reminded. */
  readonly mail?: ReminderMail
  /** `fast` where absent. */
  readonly engine?: SignatureEngine
}

/** The text in the language that is wanted, else in one like it, else the first. */
export function localText(text: LocalText, language: string): string {
  const texts = Object.entries(text).map(([lang, value]) => ({ lang, value }))
  return pickText(texts, [language])?.value ?? ''
}
