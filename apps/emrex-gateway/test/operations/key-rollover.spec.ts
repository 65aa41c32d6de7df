import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyElmo } from '@emrex-gateway/elmo'
import { makeThrowawaySigner, type ThrowawaySigner } from '@emrex-gateway/testing'
import { carryStory } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { evidenceOf, transferIdOf } from '../evidence-of.js'
import { storyOf, type TownUnderTest } from '../town-under-test.js'
import { healthOf, samplesOf, sumOf, townWithOperations } from './town-with-operations.js'

jest.setTimeout(180_000)

/** Transfers that run while a key is changed; three changes each. */
const dose = process.env['EMREX_LONG_TESTS'] === undefined ? 4 : 60
const rotations = 3
const story = storyOf('ordinary')

describe('keys that change while the gateway runs', () => {
  let under: TownUnderTest
  let signers: ThrowawaySigner[]
  const write = (name: string, text: string) => writeFileSync(join(under.town.folder, name), text)
  const look = () => under.town.gateway.operations.rollover.check()
  const replaced = async (what: string) => sumOf(await samplesOf(under, 'emrex_keys_replaced_total'), `what="${what}"`)
  const sign = ({ privateKey, certificate }: ThrowawaySigner) => {
    write('poland.key.pem', privateKey)
    write('poland.pem', certificate)
  }
  beforeAll(async () => {
    signers = await Promise.all(Array.from({ length: rotations }, () => makeThrowawaySigner({ commonName: 'next' })))
    under = await townWithOperations({
      change: (settings) => {
        // The registry lists the next certificates beside the present one, as it must before a roll-over.
        const { port } = settings['listen'] as { port: number }
        const next = {
          ...{ name: 'Poland', countryCode: 'PL', url: `http://127.0.0.1:${port}/ncp/poland` },
          certificates: signers.map(({ certificate }) => certificate),
        }
        const registries = [...(settings['registries'] as object[]), { id: 'next', kind: 'static', entries: [next] }]
        const seal = { keyFile: './seal.key', previousKeyFiles: ['./seal-previous.key'] }
        return { ...settings, registries, seal }
      },
      options: { folder: folderWithSecondSeal() },
    })
  })
  afterAll(() => under.stop())

  it(`lose no transfer: ${rotations} new signing keys under load, and every signature holds`, async () => {
    const load = { goes: true }
    const ends: string[] = []
    const carry = async () => {
      while (load.goes) {
        const browser = await carryStory(story, under.town.smpUrl(story.home))
        const { code, events } = await evidenceOf(under, transferIdOf(browser))
        ends.push(code ?? `none: "${browser.heading}" (${browser.page.status}) after ${events.join(', ')}`)
      }
    }
    const carried = [carry(), carry(), carry()]
    const first = readFileSync(join(under.town.folder, 'poland.pem'), 'utf8')
    for (const signer of signers) {
      const enough = ends.length + dose
      while (ends.length < enough) await new Promise((next) => setTimeout(next, 50))
      sign(signer)
      await look()
    }
    const enough = ends.length + dose
    while (ends.length < enough) await new Promise((next) => setTimeout(next, 50))
    load.goes = false
    await Promise.all(carried)
    expect(new Set(ends)).toEqual(new Set(['COMPLETED']))
    expect(ends.length).toBeGreaterThanOrEqual((rotations + 1) * dose)
    expect(await replaced('ncp poland')).toBe(rotations)
    // Documents of each key are in the student system: the keys were really used.
    const imports = await under.imports(story.home)
    for (const certificate of [first, ...signers.map((signer) => signer.certificate)]) {
      const signed = imports.filter(
        ({ elmo_xml }) => verifyElmo(Buffer.from(elmo_xml), { certificates: [certificate], at: new Date() }).verified,
      )
      expect(signed.length).toBeGreaterThan(0)
    }
  })

  it('send what was shown before, signed with the key of then, as often as it may be sent', async () => {
    const asked = await under.ask(story)
    await under.preview(asked)
    const preview = asked.browser.page.url
    const used = await replaced('ncp poland')
    sign(signers[1]!)
    await look()
    expect(await replaced('ncp poland')).toBe(used + 1)
    const { browser } = asked
    await browser.open(preview)
    await browser.press('Send to')
    expect(browser.heading).toBe('Your results have arrived')
    await browser.open(preview)
    await browser.press('Hand over again')
    expect(browser.heading).toBe('This was used already')
  })

  it('refuse one that cannot be used, tell it once, and go on with the one before', async () => {
    const used = await replaced('ncp poland')
    const [next] = [await makeThrowawaySigner({ commonName: 'not listed' })]
    // A key without its certificate: the two files are seldom written at the same moment.
    write('poland.key.pem', next.privateKey)
    await look()
    await look()
    const told = () => under.lines.filter((line) => line.includes('"keys.refused"'))
    // The university at home signs its receipts with the same files.
    const both = ['ncp poland', 'smp zielonobrzeg']
    expect(told()).toHaveLength(both.length)
    const why = 'The certificate is not that of the signing key.'
    expect((await healthOf(under)).keys.refused).toEqual(both.map((what) => ({ what, why })))
    const browser = await carryStory(story, under.town.smpUrl(story.home))
    expect((await evidenceOf(under, transferIdOf(browser))).code).toBe('COMPLETED')
    const ended = await makeThrowawaySigner({ commonName: 'over', notAfter: new Date(Date.now() - 86_400_000) })
    sign(ended)
    await look()
    const over = both.map((what) => ({ what, why: 'the certificate has ended' }))
    expect((await healthOf(under)).keys.refused).toEqual(over)
    sign(signers[0]!)
    await look()
    expect((await healthOf(under)).keys.refused).toEqual([])
    expect(await replaced('ncp poland')).toBe(used + 1)
  })

  it('open what the seal key before them sealed, in a transfer that is under way', async () => {
    const asked = await under.ask(story)
    const before = readFileSync(join(under.town.folder, 'seal.key'), 'utf8')
    // Without the key of before nothing would open: refused.
    write('seal.key', randomBytes(32).toString('base64'))
    await look()
    expect((await healthOf(under)).keys.refused.map(({ what }) => what)).toEqual(['seal'])
    await asked.browser.open(asked.hub)
    expect(asked.browser.page.status).toBe(200)
    write('seal-previous.key', before)
    await look()
    expect((await healthOf(under)).keys.refused).toEqual([])
    expect(await replaced('seal')).toBe(1)
    const elmo = under.packed(under.elmoFor(story.student), story.ncp)
    await under.answer(asked, { elmo })
    await asked.browser.open(asked.hub)
    expect(asked.browser.heading).toBe('Your results have arrived')
  })

  it('are named anew by the settings, of which nothing else is taken', async () => {
    const settings = readFileSync(join(under.town.folder, 'settings.yaml'), 'utf8')
    write('moved.key.pem', signers[1]!.privateKey)
    write('moved.pem', signers[1]!.certificate)
    write(
      'settings.yaml',
      settings.replace('./poland.key.pem', './moved.key.pem').replace('./poland.pem', './moved.pem'),
    )
    await look()
    const { entry } = under.ncp('poland')
    expect(entry.signingKey.certificate).toBe(signers[1]!.certificate)
    write('settings.yaml', 'ncp: [')
    await look()
    expect((await healthOf(under)).keys.refused.map(({ what }) => what)).toEqual(['settings'])
    write('settings.yaml', settings)
    await look()
    expect((await healthOf(under)).keys.refused).toEqual([])
  })
})

function folderWithSecondSeal(): string {
  const folder = mkdtempSync(join(tmpdir(), 'emrex-keys-'))
  writeFileSync(join(folder, 'seal-previous.key'), randomBytes(32).toString('base64'))
  return folder
}
