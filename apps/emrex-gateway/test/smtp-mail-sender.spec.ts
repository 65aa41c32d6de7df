import { smtpMailSender } from '../src/serve/smtp-mail-sender.js'
import { startStandInMailServer, type MailServerOptions } from '@emrex-gateway/testing'
import { parseSettings } from '../src/settings/load-settings.js'

const mail = { to: 'ane@student.hav.example', subject: 'Your code', text: 'Your code is 012345 – ok' }

async function send(
  options: MailServerOptions,
  more: Partial<Parameters<typeof smtpMailSender>[0]> = {},
  sent = mail,
): Promise<Awaited<ReturnType<typeof startStandInMailServer>> & { error?: unknown }> {
  const server = await startStandInMailServer(options)
  try {
    const settings = { host: '127.0.0.1', port: server.port, secure: 'none', from: 'codes@emrex.example' } as const
    await (await smtpMailSender({ ...settings, ...more }, () => 'secret')).send(sent)
    return server
  } catch (error) {
    return { ...server, error }
  } finally {
    await server.close()
  }
}

describe('smtpMailSender', () => {
  it('hands a plain text over to a mail server, with its sender and nothing that it was not given', async () => {
    const { mails } = await send({})
    expect(mails).toHaveLength(1)
    expect([mails[0]!.from, mails[0]!.to, mails[0]!.text]).toEqual(['codes@emrex.example', [mail.to], mail.text])
    expect(mails[0]!.raw).toMatch(/^Subject: Your code\r$/m)
    expect(mails[0]!.raw).toMatch(/^Content-Type: text\/plain; charset=utf-8\r$/m)
  })

  it('says who it is where the settings say so', async () => {
    const { logins, mails } = await send({ demandLogin: true }, { user: 'emrex' })
    expect([logins, mails.length]).toEqual([[{ user: 'emrex', password: 'secret' }], 1])
  })

  it('takes a password that was replaced with the next mail', async () => {
    const server = await startStandInMailServer({ demandLogin: true })
    let password = 'old'
    const settings = { host: '127.0.0.1', port: server.port, secure: 'none', from: 'codes@emrex.example' } as const
    const sender = await smtpMailSender({ ...settings, user: 'emrex' }, () => password)
    await sender.send(mail)
    password = 'new'
    await sender.send(mail)
    await server.close()
    expect(server.logins.map((login) => login.password)).toEqual(['old', 'new'])
  })

  it.each<[string, MailServerOptions, object]>([
    ['the server takes no such mail', { refuseWith: 550 }, {}],
    ['the server offers no encryption', {}, { secure: 'starttls' }],
    ['nobody knows the certificate of the server', { offerTls: true }, { secure: 'starttls' }],
    ['the server speaks no TLS', {}, { secure: 'tls' }],
    ['there is no server', {}, { port: 1 }],
  ])('fails when %s; the error names nobody', async (_, options, more) => {
    const { error, mails } = await send(options, more)
    expect(mails).toEqual([])
    expect(String(error)).toMatch(/^Error: the mail server did not take a mail \([A-Z]+\)$/)
    expect((error as Error).cause).toBeUndefined()
  })

  it('takes an address for one address, whatever stands in it', async () => {
    for (const to of ['a@hav.example, b@hav.example', 'a@hav.example\r\nBcc: b@hav.example']) {
      const { mails } = await send({}, {}, { ...mail, to })
      for (const { to: received, raw } of mails) {
        expect(received.length).toBeLessThan(2)
        expect(raw).not.toMatch(/^Bcc:/im)
      }
    }
  })
})

describe('the settings of mail', () => {
  const problemsOf = (mailSettings: object): string[] => {
    const text = JSON.stringify({
      ...{ database: { file: 'x' }, seal: { keyFile: 'x' }, mail: mailSettings },
      ncp: [{}],
    })
    try {
      parseSettings('settings.yaml', text)
      return []
    } catch (error) {
      const { problems } = error as { problems: { path: string; message: string }[] }
      return problems.flatMap(({ path }) => (path.startsWith('mail') ? path : []))
    }
  }
  const good = { host: 'smtp.example.edu', from: 'emrex@example.edu' }

  it('demand encryption but to a server on the same machine, and both or none of user and password', () => {
    expect(problemsOf(good)).toEqual([])
    expect(problemsOf({ ...good, host: '127.0.0.1', secure: 'none' })).toEqual([])
    expect(problemsOf({ ...good, secure: 'none' })).toEqual(['mail.secure'])
    expect(problemsOf({ ...good, user: 'emrex' })).toEqual(['mail.passwordFile'])
    expect(problemsOf({ ...good, from: 'emrex' })).toEqual(['mail.from'])
    expect(problemsOf({ ...good, password: 'x' })).toEqual(['mail'])
  })
})
