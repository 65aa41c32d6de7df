import {
  codeIn,
  makeThrowawaySigner,
  PlainBrowser,
  startStandInMailServer,
  startStandInSmp,
  type StandInMailServer,
  type StandInSmp,
} from '@emrex-gateway/testing'
import { addressAt, students } from '@emrex-gateway/town'
import { GatewayAlone } from './gateway-alone.js'

/** The role whose pages are walked; both have the same way through a second proof. */
export type Role = 'smp' | 'ncp'

const freja = students.find(({ id }) => id === 'freja')!
export const university = 'zielonobrzeg'
/** Her number there, somebody else's, and one that nobody has. */
export const numbers = { own: '900118', others: '900105', nobodys: '900999' }
export const address = addressAt(freja, university)

/** Her name and her birth date, under as many logins as tests need; none says anything by which she could be found. */
const named = (id: string, more: object = {}) => ({
  ...{ id, given: freja.given, family: freja.family, birthDate: freja.birthDate!, note: id },
  ...more,
})
const logins = Array.from({ length: 25 }, (_, index) => named(`freja-${index}`))
const undated = { id: 'undated', given: freja.given, family: freja.family, note: 'undated' }
const stranger = { id: 'stranger', given: 'Oda', family: 'Nowhere', birthDate: '1999-09-09', note: 'stranger' }
/** The login can find people by number: so it is offered also where nothing else would help. */
const numbered = { ...stranger, id: 'numbered', identifiers: [{ scheme: 'national:SE', value: '191212121212' }] }
const account = (id: string, value: string) =>
  named(id, { identifiers: [{ scheme: 'student:zielonobrzeg.example', value }] })
const elin = students.find(({ id }) => id === 'elin')!
const accounts = [
  account('account-own', numbers.own),
  { ...account('account-others', numbers.others), given: elin.given, family: elin.family, birthDate: elin.birthDate },
]

/** A gateway in both roles for one university, with a login that says little, one of the university, and a mail server. */
export class ProofUnderTest {
  private constructor(
    readonly alone: GatewayAlone,
    readonly mail: StandInMailServer,
    private readonly smp: StandInSmp,
  ) {}

  static async start(
    options: { readonly mail?: 'none' | 'down'; readonly accountKind?: 'student' | 'demo' } = {},
  ): Promise<ProofUnderTest> {
    const { mail: mailServer, accountKind = 'student' } = options
    const signer = await makeThrowawaySigner()
    const mail = await startStandInMailServer(mailServer === 'down' ? { refuseWith: 550 } : {})
    const smp = await startStandInSmp({ host: '127.0.0.1' })
    const login = (id: string, label: string, kind: string, people: readonly object[]) => ({
      ...{ id, plugin: 'demo', settings: { label, kind, country: 'SE', loa: 'low', people } },
    })
    const alone = await GatewayAlone.start({
      host: 'localhost',
      universities: [university],
      files: { 'ncp.key.pem': signer.privateKey, 'ncp.pem': signer.certificate },
      role: (origin) => ({
        ...(mailServer === 'none'
          ? {}
          : { mail: { host: '127.0.0.1', port: mail.port, secure: 'none', from: 'codes@emrex.example' } }),
        logins: [
          login('people', 'National login', 'eid', [...logins, undated, stranger, numbered]),
          login('account', 'University account', accountKind, accounts),
        ],
        registries: [
          {
            ...{ id: 'by-hand', kind: 'static' },
            entries: [
              {
                ...{ name: 'Coast', countryCode: 'NO', url: `${smp.origin}/ncp`, institutions: ['Coast'] },
                certificates: [signer.certificate],
              },
            ],
          },
        ],
        ncp: [
          {
            ...{ id: 'abroad', title: 'Abroad', publicUrl: origin, logins: ['people', 'account'] },
            ...{ sources: [university], receivers: { known: [{ name: 'Stand-in', origin: smp.origin }] } },
            signing: { keyFile: './ncp.key.pem', certificateFile: './ncp.pem' },
          },
        ],
        smp: [{ id: 'home', title: 'Home', publicUrl: origin, logins: ['people', 'account'], target: university }],
      }),
    })
    return new ProofUnderTest(alone, mail, smp)
  }

  async stop(): Promise<void> {
    await this.alone.stop()
    await Promise.all([this.mail.close(), this.smp.close()])
  }

  /** Begins a transfer and logs in as that person: the page that follows. */
  async logIn(role: Role, person: string): Promise<PlainBrowser> {
    const browser = new PlainBrowser()
    if (role === 'smp') {
      await browser.open(`${this.alone.origin}/smp/home`)
      await browser.press('Start')
    } else {
      await browser.open(this.smp.startUrl(`${this.alone.origin}/ncp/abroad`))
      await browser.press('Continue')
    }
    await browser.press('National login')
    await this.choose(browser, person)
    return browser
  }

  /** Picks a person of a demonstration login by id: many have the same name. */
  async choose(browser: PlainBrowser, person: string): Promise<void> {
    const form = browser.forms.find(({ buttons }) => buttons.some(({ value }) => value === person))
    if (form === undefined) throw new Error(`no ${person} on "${browser.heading}"`)
    await browser.submit(form, new URLSearchParams([...form.fields.map(([n, v]) => [n, v]), ['person', person]]))
    await browser.followAutoSubmit()
  }

  async tellNumber(browser: PlainBrowser, number: string): Promise<void> {
    await browser.press({ button: 'Send the code', fields: { number } })
  }

  async typeCode(browser: PlainBrowser, code: string): Promise<void> {
    await browser.press({ button: 'Check the code', fields: { code } })
  }

  /** The code that was sent to her. */
  async code(): Promise<string> {
    return codeIn(await this.mail.read(address))
  }

  /** Tells her number and types the code that comes. */
  async prove(browser: PlainBrowser): Promise<string> {
    await this.tellNumber(browser, numbers.own)
    const code = await this.code()
    await this.typeCode(browser, code)
    return code
  }

  /** Everything that was sent on its way has arrived. */
  async settled(): Promise<void> {
    const { ncps, smps } = this.alone.gateway
    await Promise.all(ncps.map(({ proving }) => proving.proof.settled()))
    await Promise.all(smps.map(({ flow }) => flow.identification.proof.settled()))
  }
}

/** The page on which a person goes on who was found. */
export const foundHeading: Record<Role, string> = { smp: 'Where are your results?', ncp: 'Choose your results' }

/** A code that is not this one. */
export const anotherCode = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

/** A page without what differs in every transfer: its id, and the token of its forms. */
export const withoutTokens = ({ html, status }: PlainBrowser['page']): string =>
  `${status} ${html.replace(/\/transfers\/[\w-]+/g, '/transfers/ID').replace(/(name="form-token" value=")[^"]+/g, '$1TOKEN')}`
