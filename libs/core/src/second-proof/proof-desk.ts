import type { Loa } from '../identity.js'
import type { IdentityProvider } from '../ports/identity-provider.js'
import type { Log } from '../ports/log.js'
import type { GatewayStore } from '../ports/gateway-store.js'
import type { Mail, MailSender } from '../ports/mail-sender.js'
import type { SisContext } from '../ports/sis-plugin.js'
import type { ProofSystem } from './proof-system.js'

/** How codes reach people: who sends, and what it says. The text holds the code and nothing about the person. */
export interface CodeMail {
  readonly sender: MailSender
  write(code: string, minutes: number): Omit<Mail, 'to'>
}

/** What second proofs of one entry work with. */
export interface ProofDesk {
  readonly entry: string
  readonly systems: readonly ProofSystem[]
  readonly logins: readonly IdentityProvider[]
  readonly minimumLoa: Loa | 'none'
  readonly store: Pick<GatewayStore, 'links' | 'attempts'>
  readonly log: Log
  /** Absent: no code can be sent, and nobody is asked for a student number. */
  readonly mail?: CodeMail
  now(): Date
  randomId(): string
  context(): SisContext
}
