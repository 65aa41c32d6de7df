import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  readonly from: string
  /** Every address of the envelope. */
  readonly to: readonly string[]
  /** The message as it came, with its headers. */
  readonly raw: string
  /** The text, when it is plain. */
  readonly text: string
}

export interface StandInMailServer {
  readonly port: number
  /** Oldest first. */
  readonly mails: readonly ReceivedMail[]
  /** What clients said about who they are. */
  readonly logins: readonly { readonly user: string; readonly password: string }[]
  /** The next mail to an address that has not been read by this before. @throws {Error} when none comes in time */
  read(address: string): Promise<ReceivedMail>
  close(): Promise<void>
}

export interface MailServerOptions {
  /** Refuses every mail with this code, such as 550. */
  readonly refuseWith?: number
  /** Demands that clients say who they are; anybody may come. */
  readonly demandLogin?: boolean
  /** Offers STARTTLS with a certificate that nobody knows. */
  readonly offerTls?: boolean
}

const patienceMs = 30_000

/** A mail server on loopback that keeps what it is sent and passes nothing on. */
export async function startStandInMailServer(options: MailServerOptions = {}): Promise<StandInMailServer> {
  const { refuseWith, demandLogin = false, offerTls = false } = options
  const mails: ReceivedMail[] = []
  const logins: { user: string; password: string }[] = []
  const read = new Set<ReceivedMail>()
  const server = new SMTPServer({
    disabledCommands: offerTls ? [] : ['STARTTLS'],
    authOptional: !demandLogin,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    onAuth: (auth, _session, done) => {
      const [username, password] = [auth.username ?? '', auth.password ?? '']
      logins.push({ user: username, password })
      done(null, { user: username })
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk))
      stream.on('end', () => {
        if (refuseWith !== undefined)
          return done(Object.assign(new Error('no such mailbox'), { responseCode: refuseWith }))
        const { mailFrom, rcptTo } = session.envelope
        const raw = Buffer.concat(chunks).toString('latin1')
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw,
          text: textOf(raw),
        })
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    logins,
    async read(address) {
      const end = Date.now() + patienceMs
      for (;;) {
        const mail = mails.find((one) => one.to.includes(address) && !read.has(one))
        if (mail !== undefined) {
          read.add(mail)
          return mail
        }
        if (Date.now() > end) throw new Error('no mail came')
        await new Promise((again) => setTimeout(again, 25))
      }
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** The body of a message that is one plain text. */
function textOf(raw: string): string {
  const split = raw.indexOf('\r\n\r\n')
  const [head, body] = [raw.slice(0, split), raw.slice(split + 4)]
  const joined = /^content-transfer-encoding: *quoted-printable/im.test(head)
    ? body
        .replace(/=\r\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : body
  return Buffer.from(joined, 'latin1').toString('utf8').trim()
}

/** The six digits of a mail. @throws {Error} when there are none */
export function codeIn({ text }: ReceivedMail): string {
  const code = /\b\d{6}\b/.exec(text)?.[0]
  if (code === undefined) throw new Error('a mail without a code')
  return code
}
