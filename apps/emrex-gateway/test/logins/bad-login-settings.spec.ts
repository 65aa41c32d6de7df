import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildGateway, createLog, loadSettings, SettingsError } from '@emrex-gateway/gateway'
import { freePort, makeThrowawaySigner } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { configCheckCommand } from '../../src/cli/config-check-command.js'
import { TownUnderTest } from '../town-under-test.js'
import { startGovLogins, type GovLogins } from './login-gov-pl.js'
import { rewriteTown, type TownSettingsFile } from './rewrite-town.js'

const minuteMs = 60_000

let under: TownUnderTest
let gov: GovLogins
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emrex-login-settings-'))
  const port = await freePort()
  gov = await startGovLogins(folder, port)
  under = await TownUnderTest.start({ folder, port, realLogins: true, rewriteSettings: rewriteTown(gov.add) })
  const { privateKey, certificate } = await makeThrowawaySigner({
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('2021-01-01T00:00:00Z'),
  })
  writeFileSync(join(folder, 'ended.key.pem'), privateKey)
  writeFileSync(join(folder, 'ended.pem'), certificate)
}, 3 * minuteMs)
afterAll(async () => {
  await under.stop()
  await gov.close()
}, minuteMs)

type Settings = Record<string, unknown>
const own = (settings: Settings, name: string) => settings[name] as Settings
const listed = (settings: Settings, name: string) => settings[name] as Settings[]

/** Writes the settings of the town with one login changed, and gives the place of that login in them. */
function change(login: string, edit: (settings: Settings) => void): { readonly file: string; readonly path: string } {
  const file = join(folder, 'changed.yaml')
  let path = ''
  const edited = rewriteTown(({ logins }: TownSettingsFile) => {
    const index = logins.findIndex(({ id }) => id === login)
    path = `logins.${index}`
    edit(logins[index]!.settings)
  })(readFileSync(join(folder, 'settings.yaml'), 'utf8'))
  writeFileSync(file, edited)
  return { file, path }
}

/** What a start says about settings; nothing where it starts. */
async function problemsOf(file: string): Promise<SettingsError['problems']> {
  try {
    await (await buildGateway(loadSettings(file), createLog('silent'), { beside: true })).close()
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
}

async function configCheck(file: string): Promise<string> {
  let printed = ''
  const output = jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true))
  await configCheckCommand(file).finally(() => output.mockRestore())
  return printed
}

const unreachable = 'http://127.0.0.1:9/metadata'

describe('the settings of a login', () => {
  it(
    'are good as the town has them',
    async () => {
      expect(await problemsOf(change('town-saml', () => undefined).file)).toEqual([])
    },
    minuteMs,
  )

  it.each<{ what: string; login: string; edit: (settings: Settings) => void; at: string; says: RegExp }>([
    {
      what: 'an unknown profile',
      login: 'gov-home',
      edit: (it) => (it['profile'] = 'pl-login-gvo'),
      at: '.settings.profile',
      says: /no such profile; there are .*pl-login-gov/,
    },
    {
      what: 'a missing key file',
      login: 'town-saml',
      edit: (it) => (listed(it, 'signing')[0]!['keyFile'] = './lost.pem'),
      at: '',
      says: /^settings\.signing\[0\]\.keyFile: \.\/lost\.pem cannot be read$/,
    },
    {
      what: 'a missing certificate',
      login: 'gov-home',
      edit: (it) => (listed(it, 'encryption')[0]!['certificateFile'] = './lost.pem'),
      at: '',
      says: /^settings\.encryption\[0\]\.certificateFile: \.\/lost\.pem cannot be read$/,
    },
    {
      what: 'a missing key of a client',
      login: 'town-oidc',
      edit: (it) => (it['keyFile'] = './lost.pem'),
      at: '',
      says: /^settings\.keyFile: cannot read "\.\/lost\.pem"/,
    },
    {
      what: 'a certificate that ended',
      login: 'town-saml',
      edit: (it) => (it['signing'] = [{ keyFile: './ended.key.pem', certificateFile: './ended.pem' }]),
      at: '',
      says: /^settings\.signing\[0\]\.certificateFile: the certificate ended on 2021-01-01/,
    },
    {
      what: 'a certificate of another key',
      login: 'town-saml',
      edit: (it) => (listed(it, 'signing')[0]!['certificateFile'] = './ended.pem'),
      at: '',
      says: /^settings\.signing\[0\]\.certificateFile: the certificate belongs to another key$/,
    },
    {
      what: 'a key of the wrong kind',
      login: 'gov-home',
      edit: (it) => (it['signing'] = [{ keyFile: './saml-signing.key.pem', certificateFile: './saml-signing.pem' }]),
      at: '',
      says: /^settings\.signing\[0\]\.keyFile: the login wants ecdsa-sha256/,
    },
    {
      what: 'no agreed name',
      login: 'gov-home',
      edit: (it) => delete it['providerName'],
      at: '',
      says: /settings\.providerName/,
    },
    {
      what: 'pinned metadata that is not there',
      login: 'town-saml',
      edit: (it) => (own(it, 'identityProvider')['metadataFile'] = './lost.xml'),
      at: '',
      says: /^settings\.identityProvider\.metadataFile: /,
    },
    {
      what: 'metadata of another login',
      login: 'town-saml',
      edit: (it) => (own(it, 'identityProvider')['entityId'] = 'https://other.example'),
      at: '',
      says: /^settings\.identityProvider\.metadataFile: /,
    },
    {
      what: 'fetched metadata that nobody signed',
      login: 'town-saml',
      edit: (it) => (it['identityProvider'] = { entityId: 'https://idp.example', metadataUrl: unreachable }),
      at: '.settings.identityProvider.signedBy',
      says: /whose certificates\?/,
    },
    {
      what: 'a setting that does not exist',
      login: 'town-oidc',
      edit: (it) => (it['issuerr'] = 'x'),
      at: '.settings',
      says: /issuerr/,
    },
    {
      what: 'a relaxation without an end',
      login: 'town-saml',
      edit: (it) => (own(it, 'response')['relax'] = { aesCbc: { reason: 'old' } }),
      at: '.settings.response.relax.aesCbc.until',
      says: /./,
    },
  ])(
    'are refused with one clear message and its place: $what',
    async ({ login, edit, at, says }) => {
      const { file, path } = change(login, edit)
      const problems = await problemsOf(file)
      expect(problems).toEqual([{ path: `${path}${at}`, message: expect.stringMatching(says) as string }])
      expect(JSON.stringify(problems)).not.toContain('BEGIN')
    },
    minuteMs,
  )

  it.each([
    {
      what: 'metadata',
      login: 'town-saml',
      edit: (it: Settings) => {
        const { entityId } = own(it, 'identityProvider')
        it['identityProvider'] = { entityId, metadataUrl: unreachable, signedBy: ['./saml-signing.pem'] }
      },
    },
    { what: 'discovery', login: 'town-oidc', edit: (it: Settings) => (it['issuer'] = 'http://127.0.0.1:9') },
  ])(
    'do not stop a start when $what cannot be reached: config:check names the login and why',
    async ({ login, edit }) => {
      const { file } = change(login, edit)
      expect(await problemsOf(file)).toEqual([])
      const said = await configCheck(file)
      const [, finding = ''] = new RegExp(`^Login ${login} \\(.*\\): NOT available\\n  (.+)$`, 'm').exec(said) ?? []
      expect(finding).toContain('127.0.0.1:9')
      const other = login === 'town-saml' ? 'town-oidc' : 'town-saml'
      expect(said).toMatch(new RegExp(`^Login ${other} \\(.*\\): in order$`, 'm'))
    },
    minuteMs,
  )
})

describe('config:check', () => {
  it(
    'says of each login how it is and what nobody has confirmed yet, and whom it can find where',
    async () => {
      const said = await configCheck(join(folder, 'settings.yaml'))
      for (const login of ['town-saml', 'town-oidc', 'gov-home', 'gov-abroad'])
        expect(said).toMatch(new RegExp(`^Login ${login} \\(.*\\): in order$`, 'm'))
      const lines = said.split('\n')
      const start = lines.findIndex((line) => line.startsWith('Login gov-home '))
      const unconfirmed = lines.slice(start + 1).findIndex((line) => !line.startsWith('  not confirmed: '))
      expect(unconfirmed).toBeGreaterThan(1)
      expect(lines.slice(start + 1, start + 1 + unconfirmed)).toContainEqual(
        expect.stringContaining('COI, Węzeł Krajowy'),
      )
      expect(lines).toEqual(
        expect.arrayContaining([
          'NCP poland, login town-saml, University of Zielony Brzeg: finds people by an identifier',
          'NCP poland, login gov-abroad, University of Zielony Brzeg: finds people by an identifier',
          'SMP nordfjord, login town-oidc, University of Nordfjordvik: finds people by an identifier',
        ]),
      )
    },
    minuteMs,
  )

  it(
    'says where nobody can be found, and which login is too weak for its entry',
    async () => {
      const { file } = change(
        'town-oidc',
        (it) => (it['claims'] = (it['claims'] as Settings[]).filter(({ gives }) => gives !== 'identifier')),
      )
      const weak = rewriteTown(({ smp }) => void (smp[0]!.minimumLoa = 'high'))(readFileSync(file, 'utf8'))
      writeFileSync(file, weak)
      const said = await configCheck(file)
      const place = 'NCP poland, login town-oidc, University of Zielony Brzeg'
      expect(said).toContain(`\n${place}: finds people only with a second proof\n`)
      writeFileSync(file, rewriteTown((settings) => void delete settings.mail)(weak))
      expect(await configCheck(file)).toContain(`\n${place}: NOBODY can be found: it delivers `)
      expect(said).toMatch(
        /^SMP nordfjord, login town-saml: NOT offered, it reaches level substantial and high is demanded$/m,
      )
    },
    minuteMs,
  )
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))
