import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { packElmo, signElmo, writeElmo, type Elmo, type SigningKey } from '@emrex-gateway/elmo'
import { describeWithShared, makeThrowawaySigner } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { openAnswer, type OpenedAnswer } from '../src/cli/open-command.js'

jest.setTimeout(120_000)

const launcher = fileURLToPath(new URL('../bin/emrex.mjs', import.meta.url))
const emrex = (...args: string[]) =>
  spawnSync(process.execPath, [launcher, ...args], { encoding: 'utf8', timeout: 60_000 })

const elmo: Elmo = {
  generatedDate: '2026-05-01T12:00:00Z',
  learner: { givenNames: 'Żaneta', familyName: 'Przykładowa', bday: '1999-02-03' },
  reports: [
    {
      issuer: {
        identifier: [{ type: 'schac', value: 'solvik.example' }],
        title: [{ value: 'Solvik\u0085 University', lang: 'en' }],
        url: 'https://solvik.example',
      },
      issueDate: '2026-05-01T12:00:00Z',
      learningOpportunitySpecification: [
        {
          identifier: [{ type: 'local', value: 'INF-1' }],
          title: [{ value: 'Databases', lang: 'en' }],
          type: 'Course',
          instance: {
            date: '2026-01-20',
            status: 'passed',
            resultLabel: 'B',
            credit: [{ scheme: 'ects', value: '7.5' }],
          },
        },
      ],
    },
  ],
}

let folder: string
let signer: SigningKey
let signed: Uint8Array
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const now = new Date('2026-05-02T00:00:00Z')
/** A notice is `code: words`. */
const codeOf = (notice: string): string => notice.split(':')[0]!

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emrex-open-'))
  signer = await makeThrowawaySigner({ commonName: 'Solvik NCP' })
  signed = signElmo(writeElmo(elmo), signer)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('emrex open', () => {
  it('opens every packing, with a notice for what is not base64 of gzip', () => {
    const open = (bytes: Uint8Array) =>
      openAnswer(bytes, { certificates: [signer.certificate], showUnverified: false, now })
    const packings: [string, Uint8Array, string[]][] = [
      ['base64 of gzip', Buffer.from(packElmo(signed)), []],
      ['base64', Buffer.from(Buffer.from(signed).toString('base64')), ['not-gzipped']],
      ['gzip', gzipSync(signed), ['not-base64']],
      ['XML', signed, ['not-base64', 'not-gzipped']],
    ]
    for (const [name, bytes, deviations] of packings) {
      const { verdict, notices } = open(bytes)
      expect([name, verdict]).toEqual([name, 'verified'])
      expect([
        name,
        notices
          .map(codeOf)
          .filter((code) => code.startsWith('not-'))
          .sort(),
      ]).toEqual([name, deviations.sort()])
    }
  })

  it('prints one JSON object and exits 0 when the document is verified', () => {
    const { status, stdout } = emrex(
      'open',
      file('ok.txt', packElmo(signed)),
      '--certificate',
      file('ncp.pem', signer.certificate),
      '--json',
    )
    const opened = JSON.parse(stdout) as OpenedAnswer
    expect(status).toBe(0)
    expect(opened).toMatchObject({
      verdict: 'verified',
      signer: { subject: expect.stringContaining('Solvik NCP') as string },
    })
    expect(opened).not.toHaveProperty('code')
    expect(opened.signer?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    expect(Date.parse(opened.signer?.endDate ?? '')).toBeGreaterThan(Date.now())
    expect(opened.results?.reports[0]?.results[0]).toEqual({
      depth: 0,
      code: 'INF-1',
      title: 'Databases',
      credits: '7.5 ects',
      grade: 'B',
      status: 'passed',
    })
  })

  it('refuses without a certificate: ELMO_SIGNER_UNKNOWN, exit 1', () => {
    const { status, stdout } = emrex('open', file('ok.txt', packElmo(signed)), '--json')
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'refused', code: 'ELMO_SIGNER_UNKNOWN' })
  })

  it('takes several certificates: one of them is enough', async () => {
    const other = await makeThrowawaySigner()
    const args = [
      '--certificate',
      file('other.pem', other.certificate),
      '--certificate',
      file('ncp.pem', signer.certificate),
    ]
    expect(emrex('open', file('ok.txt', packElmo(signed)), ...args).status).toBe(0)
    expect(emrex('open', file('ok.txt', packElmo(signed)), ...args.slice(0, 2)).status).toBe(1)
    // As `elmo verify` reads them: both in one file, as during a change of keys.
    const both = file('both.pem', other.certificate + signer.certificate)
    expect(emrex('open', file('ok.txt', packElmo(signed)), '--certificate', both).status).toBe(0)
  })

  it('shows the results of a refused document only on demand, and under that word', () => {
    const changed = file('changed.xml', Buffer.from(signed).toString('utf8').replace('Databases', 'Astrology'))
    const without = emrex('open', changed, '--certificate', file('ncp.pem', signer.certificate), '--json')
    expect(JSON.parse(without.stdout)).toMatchObject({ verdict: 'refused', code: 'ELMO_SIGNATURE_INVALID' })
    expect(without.stdout).not.toContain('Astrology')
    const shown = emrex(
      'open',
      changed,
      '--certificate',
      file('ncp.pem', signer.certificate),
      '--show-unverified',
      '--json',
    )
    const opened = JSON.parse(shown.stdout) as OpenedAnswer
    expect(opened).not.toHaveProperty('results')
    expect(opened.unverified?.reports[0]?.results[0]?.title).toBe('Astrology')
    expect(emrex('open', changed, '--show-unverified').stdout).toMatch(/UNVERIFIED[\s\S]*Astrology/)
  })

  it('exits 2 on wrong usage and on an unreadable file, with a word on standard error and nothing on standard output', () => {
    const cases = [
      ['open', join(folder, 'absent')],
      ['open'],
      ['open', file('ok.txt', packElmo(signed)), '--certificate', join(folder, 'absent.pem')],
      ['open', file('ok.txt', packElmo(signed)), '--certificate', file('not.pem', 'no certificate')],
      ['open', file('ok.txt', packElmo(signed)), '--allow-sha1-until', 'tomorrow'],
      ['open', file('ok.txt', packElmo(signed)), '--colour'],
      ['opne'],
    ]
    for (const args of cases) {
      const { status, stdout, stderr } = emrex(...args)
      expect([args[1], status, stdout]).toEqual([args[1], 2, ''])
      expect(stderr.length).toBeGreaterThan(10)
    }
  })

  it('prints a table that no title can steer the terminal from', () => {
    const hostile: Elmo = {
      ...elmo,
      reports: elmo.reports.map((report) => ({
        ...report,
        issuer: { ...report.issuer, title: [{ value: 'A\u009b2JB\u202eC' }] },
      })),
    }
    const path = file('hostile.txt', packElmo(signElmo(writeElmo(hostile), signer)))
    const { stdout } = emrex('open', path, '--certificate', file('ncp.pem', signer.certificate))
    expect(stdout).toContain('A\ufffd2JB\ufffdC')
    expect(stdout).toMatch(/^INF-1 {2}Databases {2}7\.5 ects {2}B {6}passed$/m)
    expect(stdout).not.toMatch(/[\u0080-\u009f\u202e]/)
  })
})

describeWithShared(describe, 'emrex open on the corpus', (shared) => {
  const corpus = (folder: string) => join(shared, 'elmo/corpus', folder)
  const throwaway = () => readFileSync(join(corpus('signed'), 'throwaway-signing-cert.pem'), 'utf8')
  const open = (path: string, certificates: readonly string[], allowSha1Until?: string) => {
    const sha1 = allowSha1Until === undefined ? {} : { allowSha1Until }
    const { verdict, code, notices } = openAnswer(readFileSync(path), {
      certificates,
      ...sha1,
      showUnverified: false,
      now: new Date('2026-11-24'),
    })
    return { outcome: code ?? verdict, notices: notices.map(codeOf) }
  }
  /** Test use only: the certificate that stands in the document. */
  const embedded = (path: string): string => {
    const text = readFileSync(path, 'latin1')
    const xml = text.trimStart().startsWith('<') ? text : unpack(Buffer.from(text, 'base64'))
    return /X509Certificate>([^<]+)</.exec(xml)![1]!.replace(/&#13;|\s/g, '')
  }
  const unpack = (bytes: Buffer): string => (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('latin1')
  const [open2030, closed] = ['2030-01-01', '2026-11-23']
  const sha1Row = (path: string, certificate: string) => [
    open(path, [certificate]).outcome,
    open(path, [certificate], open2030).outcome,
    open(path, [certificate], closed).outcome,
  ]
  const weakThenVerified = ['ELMO_SIGNATURE_WEAK', 'verified', 'ELMO_SIGNATURE_WEAK']

  it('gives every file in signed the verdict of the list', () => {
    const strong = [
      'xmlsec1-sha256',
      'xmlsec1-exc256',
      'xmlsec1-exc256t',
      'xml-crypto-sha256',
      'xml-crypto-exc256',
      'gateway-ladok-signer-sha256',
    ]
    const weak = [
      'xmlsec1-sha1.xml',
      'xmlsec1-hybrid.xml',
      'xmlsec1-croatian-style-exc-sha1.xml',
      'xml-crypto-sha1.xml',
      'fi-ncp-signer-sha1.xml',
      'fi-ncp-signer-sha1.b64gz.txt',
    ]
    const seen = new Set(['README.txt', 'throwaway-signing-cert.pem'])
    const path = (name: string) => {
      seen.add(name)
      return join(corpus('signed'), name)
    }
    for (const name of strong)
      expect([name, open(path(`${name}.xml`), [throwaway()]).outcome]).toEqual([name, 'verified'])
    for (const name of weak) expect([name, ...sha1Row(path(name), throwaway())]).toEqual([name, ...weakThenVerified])
    expect(['ELMO_SIGNATURE_INVALID', 'ELMO_ENCODING']).toContain(
      open(path('fi-ncp-signer-posix-locale-BROKEN.b64gz.txt'), [throwaway()], open2030).outcome,
    )
    expect(open(path('unsigned-base.xml'), [throwaway()]).outcome).toBe('ELMO_SIGNATURE_MISSING')
    const denmark = path('denmark-elmo-tomcat-signed.xml')
    expect(sha1Row(denmark, embedded(denmark))).toEqual(weakThenVerified)
    expect(readdirSync(corpus('signed')).filter((name) => !seen.has(name))).toEqual([])
  })

  it('gives every file in wire the verdict of the list', () => {
    for (const name of readdirSync(corpus('wire'))) {
      const path = join(corpus('wire'), name)
      if (name.includes('BROKEN'))
        expect([name, open(path, [throwaway()], open2030).outcome]).toEqual([name, 'ELMO_ENCODING'])
      else if (name.startsWith('denmark'))
        expect([name, ...sha1Row(path, embedded(path))]).toEqual([name, ...weakThenVerified])
      else if (name.startsWith('finland'))
        expect([name, open(path, [embedded(path)], open2030).outcome]).toEqual([name, 'ELMO_SIGNATURE_WEAK'])
      else {
        expect(name).toBe('gateway-2025-sampleElmo.b64-only.txt')
        expect(open(path, [embedded(path)])).toMatchObject({
          outcome: 'ELMO_SIGNATURE_WEAK',
          notices: expect.arrayContaining(['not-gzipped']) as string[],
        })
        expect(open(path, [embedded(path)], open2030).outcome).toBe('ELMO_SIGNATURE_INVALID')
      }
    }
  })

  it('gives every file in hostile the verdict of the list', () => {
    const verdicts: Record<string, string> = {
      'attack-doctype.xml': 'ELMO_FORBIDDEN_MARKUP',
      'attack-object-injection.xml': 'ELMO_SIGNATURE_STRUCTURE',
      'attack-comment-in-name.xml': 'verified',
      'trap-other-signature-first.xml': 'verified',
    }
    const found = readdirSync(corpus('hostile')).map((name) => [
      name,
      open(join(corpus('hostile'), name), [throwaway()]).outcome,
    ])
    expect(Object.fromEntries(found)).toEqual(verdicts)
    const { results } = openAnswer(readFileSync(join(corpus('hostile'), 'attack-comment-in-name.xml')), {
      certificates: [throwaway()],
      showUnverified: false,
      now,
    })
    expect(results?.learner.familyName).not.toMatch(/^Ryg$/)
  })
})
