import type { MailSender } from '@emrex-gateway/core'
import type { MailSettings } from '../settings/settings-schema.js'

const timeoutMs = 20_000

/**
 * Sends by SMTP (RFC 5321): over TLS from the start, or after STARTTLS, which is then demanded (RFC 3207). A certificate
 * that does not hold is an error. Errors name no address and no text.
 *
 * @param password asked for with each mail: it is replaced while it is in use
 */
export async function smtpMailSender(
  { host, port, secure, user, from }: MailSettings,
  password: () => string,
): Promise<MailSender> {
  // Not every gateway sends mail.
  const { createTransport } = await import('nodemailer')
  const open = () =>
    createTransport({
      host,
      port,
      secure: secure === 'tls',
      requireTLS: secure === 'starttls',
      ignoreTLS: secure === 'none',
      ...(user === undefined ? {} : { auth: { user, pass: password() } }),
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  return {
    async send({ to, subject, text }) {
      try {
        // As objects, so that no address is taken for a list.
        await open().sendMail({ from: { name: '', address: from }, to: { name: '', address: to }, subject, text })
      } catch (error) {
        throw new Error(`the mail server did not take a mail (${codeOf(error)})`)
      }
    },
  }
}

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | undefined)?.code
  return typeof code === 'string' && /^[A-Z]+$/.test(code) ? code : 'unknown'
}
