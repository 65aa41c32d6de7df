import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { normaliseCertificate } from '@emrex-gateway/elmo'
import { describeWithShared, makeThrowawaySigner } from '@emrex-gateway/testing'
import { parseEmregJson, parseEwpCatalogue, parseStaticList, type ListOutcome, type NcpList } from '../src/index.js'
import { catalogueText, withoutArmour } from './catalogue-text.js'

let pem: string
let otherPem: string
beforeAll(async () => {
  const key = { type: 'ec', curve: 'P-256' } as const
  pem = (await makeThrowawaySigner({ key })).certificate
  otherPem = (await makeThrowawaySigner({ key })).certificate
})

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const json = (value: unknown): Uint8Array => bytesOf(JSON.stringify(value))

function listOf(outcome: ListOutcome): NcpList {
  if (outcome.kind === 'refused') throw new Error(outcome.reason)
  return outcome.list
}
function refusalOf(outcome: ListOutcome): string {
  return outcome.kind === 'refused' ? outcome.reason : 'a list'
}

const sameCertificate = (one: string | undefined, other: string): void =>
  expect(withoutArmour(one ?? '').replace(/\s/g, '')).toBe(withoutArmour(other).replace(/\s/g, ''))

describe('parseEwpCatalogue', () => {
  it('reads an NCP with its institutions and all of its certificates', () => {
    const text = catalogueText([
      {
        ...{ name: 'Coast &amp; Hills', url: 'https://ncp.example/start?x=1', country: 'NO' },
        institutions: ['University of the Coast', 'Høgskolen i Åsene'],
        certificates: [withoutArmour(pem), withoutArmour(otherPem)],
      },
    ])
    const { entries, skipped, notices } = listOf(parseEwpCatalogue(bytesOf(text)))
    expect([skipped, notices]).toEqual([[], []])
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({
      name: 'Coast & Hills',
      countryCode: 'NO',
      url: 'https://ncp.example/start?x=1',
      institutions: ['University of the Coast', 'Høgskolen i Åsene'],
    })
    expect(entries[0]?.id).toMatch(/^[A-Za-z0-9_-]{16}$/)
    expect(entries[0]?.certificates).toHaveLength(2)
    sameCertificate(entries[0]?.certificates[0], pem)
    sameCertificate(entries[0]?.certificates[1], otherPem)
  })

  it('reads the former namespace of the entry too, and no other', () => {
    const entry = { name: 'UW', url: 'https://uw.example/', certificates: [withoutArmour(pem)] }
    const { entries, skipped } = listOf(
      parseEwpCatalogue(
        bytesOf(
          catalogueText([
            { ...entry, specification: 'ewp-specs-api-emrex-ncp' },
            { ...entry, name: 'Elsewhere', specification: 'ewp-specs-api-echo' },
          ]),
        ),
      ),
    )
    expect(entries.map(({ name }) => name)).toEqual(['UW'])
    expect(skipped).toEqual([{ position: '2 (Elsewhere)', reason: 'its namespace is unknown' }])
  })

  it('reads the country codes UK and EL as GB and GR and says so', () => {
    const certificates = [withoutArmour(pem)]
    const text = catalogueText([
      { name: 'A', url: 'https://a.example/', country: 'UK', certificates },
      { name: 'B', url: 'https://b.example/', country: 'EL', certificates },
    ])
    const { entries, notices } = listOf(parseEwpCatalogue(bytesOf(text)))
    expect(entries.map(({ countryCode }) => countryCode)).toEqual(['GB', 'GR'])
    expect(notices).toEqual([
      { position: '1 (A)', reason: 'country code UK is read as GB' },
      { position: '2 (B)', reason: 'country code EL is read as GR' },
    ])
  })

  it('leaves out each bad entry with its place and reason and uses the others', () => {
    const good = { name: 'Good', url: 'https://good.example/', certificates: [withoutArmour(pem)] }
    const text = catalogueText([
      { ...good, name: 'Plain', url: 'http://plain.example/' },
      { ...good, name: 'Bare', certificates: [] },
      { ...good, name: 'Broken', certificates: ['bm90IGEgY2VydGlmaWNhdGU='] },
      { ...good, name: 'Script', url: 'javascript:alert(1)' },
      { ...good, name: 'Nowhere', country: 'Norway' },
      { url: 'https://nameless.example/', certificates: [withoutArmour(pem)] },
      { name: 'Lost', certificates: [withoutArmour(pem)] },
      { ...good, name: 'User', url: 'https://user@good.example/' },
      { ...good, name: 'Half', url: 'https://half.example/', certificates: ['!!!', withoutArmour(pem)] },
      good,
    ])
    const { entries, skipped, notices } = listOf(parseEwpCatalogue(bytesOf(text)))
    expect(entries.map(({ name }) => name)).toEqual(['Half', 'Good'])
    expect(notices).toEqual([{ position: '9 (Half)', reason: '1 of 2 certificates cannot be read' }])
    expect(skipped.map(({ position, reason }) => `${position}: ${reason}`)).toEqual([
      '1 (Plain): its address is not https',
      '2 (Bare): it has no certificate',
      '3 (Broken): its certificate cannot be read',
      '4 (Script): its address is not https',
      '5 (Nowhere): its country code is not two letters',
      '6: it has no name',
      '7 (Lost): it has no address',
      '8 (User): its address holds a user name',
    ])
  })

  it('takes http on loopback hosts only where that is allowed, and never elsewhere', () => {
    const certificates = [withoutArmour(pem)]
    const bytes = bytesOf(
      catalogueText([
        { name: 'Here', url: 'http://127.0.0.1:8080/start', certificates },
        { name: 'Almost', url: 'http://127.0.0.1.example/start', certificates },
      ]),
    )
    expect(listOf(parseEwpCatalogue(bytes)).entries).toEqual([])
    const allowed = listOf(parseEwpCatalogue(bytes, { allowLoopbackHttp: true }))
    expect(allowed.entries.map(({ name }) => name)).toEqual(['Here'])
  })

  it('refuses as a whole what is no catalogue', () => {
    expect(refusalOf(parseEwpCatalogue(bytesOf('<!doctype html><html><body>Sorry</html>')))).toMatch(
      /cannot be read as XML/,
    )
    expect(refusalOf(parseEwpCatalogue(bytesOf('<html><body>Sorry</body></html>')))).toBe(
      'it is no EWP catalogue: its root element is "html"',
    )
    expect(refusalOf(parseEwpCatalogue(bytesOf(catalogueText([]).slice(0, -20))))).toMatch(/cannot be read as XML/)
  })
})

describe('parseEmregJson', () => {
  const row = (acronym: string, more: object = {}): object => ({
    ...{ acronym, countryCode: 'FI', institutions: ['Aalto'], url: `https://${acronym.toLowerCase()}.example/` },
    ...{ pubKey: pem, ...more },
  })

  it('reads emps, ncps, and both', () => {
    const namesIn = (value: object): string[] => listOf(parseEmregJson(json(value))).entries.map(({ name }) => name)
    expect(namesIn({ countries: [], emps: [row('A')] })).toEqual(['A'])
    expect(namesIn({ countries: [], ncps: [row('B')] })).toEqual(['B'])
    expect(namesIn({ emps: [row('A')], ncps: [row('B')], generated: 'today' })).toEqual(['A', 'B'])
  })

  it('reads singleFetch as a truth value, as text, or not at all', () => {
    const countries = [
      { countryCode: 'NO', countryName: 'Norway', singleFetch: false },
      { countryCode: 'IT', countryName: 'Italy', singleFetch: 'true' },
      { countryCode: 'FI', countryName: 'Finland' },
      null,
      { countryCode: 17 },
    ]
    expect(listOf(parseEmregJson(json({ countries, ncps: [] }))).countries).toEqual([
      { code: 'NO', name: 'Norway', singleFetch: false },
      { code: 'IT', name: 'Italy', singleFetch: true },
      { code: 'FI', name: 'Finland' },
    ])
  })

  it('takes the certificate however it is wrapped', () => {
    const oneLine = `-----BEGIN CERTIFICATE-----${withoutArmour(pem).replace(/\s/g, '')}-----END CERTIFICATE-----`
    const emps = [pem, oneLine, pem.replaceAll('\n', '\r\n'), pem.replaceAll('\n', '\\n'), withoutArmour(pem)]
    const { entries, skipped } = listOf(
      parseEmregJson(json({ emps: emps.map((pubKey, i) => row(`E${i}`, { pubKey })) })),
    )
    expect(skipped).toEqual([])
    for (const entry of entries) sameCertificate(entry.certificates[0], pem)
  })

  it('takes the first certificate of a chain, and a public key in its place; a damaged one costs its row alone', () => {
    const publicKey = String(createPublicKey(pem).export({ type: 'spki', format: 'pem' }))
    const keys = [pem + pem, publicKey, publicKey.replace(/-+[A-Z ]+-+|\s/g, ''), pem.replace('MII', 'MI')]
    const { entries, skipped } = listOf(
      parseEmregJson(json({ emps: keys.map((pubKey, i) => row(`E${i}`, { pubKey })) })),
    )
    expect(entries.map(({ certificates }) => certificates)).toEqual([
      [normaliseCertificate(pem)],
      [publicKey],
      [publicKey],
    ])
    expect(skipped).toEqual([{ position: '4 (E3)', reason: 'its certificate cannot be read' }])
  })

  it.each([
    ['an end that is no time', /(?<=170d(?:3\d){12})5a(?=30)/, '58'],
    ['a kind of key that nobody knows', '06072a8648ce3d0201', '06072a8648ce3d027f'],
  ])('leaves out a certificate with %s: whoever asks when it ends must not fail', (_, from, to) => {
    const der = Buffer.from(withoutArmour(pem), 'base64').toString('hex')
    const pubKey = Buffer.from(der.replace(from, to), 'hex').toString('base64')
    expect(pubKey).not.toBe(withoutArmour(pem).replace(/\s/g, ''))
    const { entries, skipped } = listOf(parseEmregJson(json({ emps: [row('E0', { pubKey }), row('E1')] })))
    expect(entries.map(({ name }) => name)).toEqual(['E1'])
    expect(skipped).toEqual([{ position: '1 (E0)', reason: 'its certificate cannot be read' }])
  })

  it('leaves out empty rows, wrong types and bad rows with their place', () => {
    const emps = [
      null,
      'x',
      row('A'),
      row('B', { url: 7 }),
      row('C', { pubKey: null }),
      row('D', { institutions: null }),
    ]
    const { entries, skipped } = listOf(parseEmregJson(json({ emps })))
    expect(entries.map(({ name, institutions }) => [name, institutions])).toEqual([
      ['A', ['Aalto']],
      ['D', []],
    ])
    expect(skipped.map(({ position, reason }) => `${position}: ${reason}`)).toEqual([
      '1: it is empty',
      '2: it is not an object',
      '4 (B): it has no address',
      '5 (C): it has no certificate',
    ])
  })

  it('refuses as a whole what is not JSON, not UTF-8 or no EMREG list, and says where', () => {
    const trailingComma = '{\n  "countries": [],\n  "ncps": [],\n}'
    expect(refusalOf(parseEmregJson(bytesOf(trailingComma)))).toBe('it is not valid JSON (line 4, column 1)')
    expect(refusalOf(parseEmregJson(bytesOf('<html>')))).toMatch(/^it is not valid JSON/)
    expect(refusalOf(parseEmregJson(Uint8Array.of(0x22, 0xe5, 0x22)))).toBe('it is not UTF-8 text')
    expect(refusalOf(parseEmregJson(json([])))).toBe('it is JSON, but not an object')
    expect(refusalOf(parseEmregJson(json({ emps: {} })))).toBe('it has neither a list "emps" nor a list "ncps"')
  })
})

describe('parseStaticList', () => {
  it('reads the entries of the settings and leaves out bad ones', () => {
    const good = { name: 'Town', countryCode: 'se', url: 'https://town.example/ncp', certificates: [pem] }
    const { entries, skipped } = listOf(parseStaticList([good, { ...good, certificates: 'x' }, 5]))
    expect(entries).toMatchObject([{ name: 'Town', countryCode: 'SE', institutions: [] }])
    expect(skipped).toEqual([
      { position: '2 (Town)', reason: 'it has no certificate' },
      { position: '3', reason: 'it is not an object' },
    ])
  })

  it('gives the same address the same id, and another address another', () => {
    const entry = { name: 'X', countryCode: 'SE', certificates: [pem] }
    const urls = ['https://town.example', 'https://TOWN.example/', 'https://town.example/a']
    const ids = listOf(parseStaticList(urls.map((url) => ({ ...entry, url })))).entries.map(({ id }) => id)
    expect(ids[0]).toBe(ids[1])
    expect(ids[0]).not.toBe(ids[2])
  })

  it('refuses what is no list', () => {
    expect(refusalOf(parseStaticList({ name: 'Town' }))).toBe('it is not a list of entries')
  })
})

describeWithShared(describe, 'the registry samples', (shared) => {
  const sample = (name: string): Uint8Array => readFileSync(join(shared, 'registry', name))

  it('the malformed EMREG list is refused as a whole with a reason', () => {
    expect(refusalOf(parseEmregJson(sample('emreg-2015-example-MALFORMED.json')))).toMatch(
      /^it is not (UTF-8|valid JSON)/,
    )
  })

  it('the catalogue example is read, and names no NCP', () => {
    const { entries, skipped } = listOf(parseEwpCatalogue(sample('ewp-catalogue-example.xml')))
    expect([entries, skipped]).toEqual([[], []])
  })

  it('an entry put into the catalogue example is found', () => {
    const host = /<host>[^]*<\/host>/.exec(
      catalogueText([{ name: 'Found', url: 'https://found.example/', certificates: [withoutArmour(pem)] }]),
    )?.[0]
    const text = new TextDecoder()
      .decode(sample('ewp-catalogue-example.xml'))
      .replace('<institutions>', `${host}<institutions>`)
    expect(listOf(parseEwpCatalogue(bytesOf(text))).entries.map(({ name }) => name)).toEqual(['Found'])
  })
})
