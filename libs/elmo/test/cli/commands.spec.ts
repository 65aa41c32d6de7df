import { readdirSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describeWith, makeThrowawaySigner, type ThrowawaySigner } from '@emrex-gateway/testing'
import { elmoXsd, packElmo, readElmo, signElmo, type ConversionLoss } from '../../src/index.js'
import { schemaVerdicts } from '../oracle/schema-verdicts.js'
import { runElmo, testdata } from './run-elmo.js'
import { scratchFolder } from './scratch-folder.js'

const file = scratchFolder()
const [plain, maximal] = [testdata('credits.xml'), testdata('maximal.xml')]
const xml = readFileSync(plain)
let signer: ThrowawaySigner
let other: ThrowawaySigner
let signed: string
beforeAll(async () => {
  ;[signer, other] = await Promise.all([makeThrowawaySigner({ commonName: 'Solvik' }), makeThrowawaySigner()])
  file('key.pem', signer.privateKey)
  file('ncp.pem', signer.certificate)
  file('other.pem', other.certificate)
  signed = file('signed.xml', signElmo(xml, signer))
})
const signedBytes = (): Buffer => readFileSync(signed)

describe('elmo sign', () => {
  it('signs what verify and nobody else accepts, onto standard output or into a file', async () => {
    const argv = ['sign', '--key', file('key.pem'), '--certificate', file('ncp.pem')]
    const shown = await runElmo([...argv, plain])
    const piped = await runElmo([...argv, '--output', file('piped.xml')], { stdin: xml })
    expect([shown.code, piped.code, piped.stdout]).toEqual([0, 0, ''])
    expect(readFileSync(file('piped.xml')).equals(shown.bytes)).toBe(true)
    const verify = (pem: string) => runElmo(['verify', '--certificate', file(pem), file('piped.xml')])
    expect([(await verify('ncp.pem')).code, (await verify('other.pem')).code]).toEqual([0, 1])
  })

  it('exits 1 for what cannot be signed, 2 for keys that cannot be used', async () => {
    const sign = (key: string, certificate: string, document: string) =>
      runElmo(['sign', '--key', key, '--certificate', certificate, document])
    const [key, pem] = [file('key.pem'), file('ncp.pem')]
    const again = await sign(key, pem, signed)
    expect([again.code, again.stdout]).toEqual([1, ''])
    expect(again.stderr).toContain('ELMO_SIGNATURE_STRUCTURE')
    for (const [one, two] of [
      [key, file('other.pem')],
      [pem, pem],
      [file('absent'), pem],
    ]) {
      const ended = await sign(one!, two!, plain)
      expect([ended.code, ended.stdout]).toEqual([2, ''])
      expect(ended.stderr).not.toContain('PRIVATE')
    }
    expect((await runElmo(['sign', '--key', key, plain])).stderr).toMatch(/--certificate is missing/)
    expect(
      (await runElmo(['sign', '--output', file('no/such/folder'), '--key', key, '--certificate', pem, plain])).code,
    ).toBe(2)
  })
})

describe('elmo verify', () => {
  const verify = (...argv: string[]) => runElmo(['verify', '--certificate', file('ncp.pem'), ...argv])

  it('opens every packing, says who signed, and takes several certificates', async () => {
    for (const bytes of [signedBytes(), gzipSync(signedBytes()), Buffer.from(packElmo(signedBytes()))]) {
      const { code, stdout } = await verify('--certificate', file('other.pem'), file('any', bytes))
      expect(code).toBe(0)
      expect(stdout).toMatch(
        /^VERIFIED\nThe signature holds\.\nSigned by: .*CN=Solvik.*\n {2}SHA-256 ([0-9A-F]{2}:){31}/,
      )
      expect(stdout).toMatch(/^Notice: certificate-self-signed: \w+/m)
      expect(stdout).toMatch(/^Valid in ELMO 1\.2\.0, 1\.4\.0, 1\.5\.0, 1\.6\.0, 1\.7\.0$/m)
    }
  })

  it('takes every certificate of a file, and refuses a file without any', async () => {
    const withAll = (text: string) => runElmo(['verify', '--certificate', file('all.pem', text), signed])
    const bare = signer.certificate.replace(/-+(BEGIN|END) CERTIFICATE-+/g, '')
    for (const text of [
      other.certificate + signer.certificate,
      `A title\n${other.certificate}words\n${signer.privateKey}${signer.certificate}`,
      other.certificate.trim() + signer.certificate,
      bare,
    ]) {
      expect((await withAll(text)).stdout).toMatch(/^VERIFIED/)
    }
    expect((await withAll(other.certificate)).code).toBe(1)
    for (const text of ['', 'no certificate', signer.privateKey]) {
      const empty = file('empty.pem', text)
      const ended = await verify('--certificate', empty, signed)
      expect([ended.code, ended.stdout]).toEqual([2, ''])
      expect(ended.stderr).toContain(`no certificate can be read from ${empty}`)
    }
  })

  it('refuses with a code and exit 1, also as JSON', async () => {
    const changed = file('changed.xml', signedBytes().toString().replace('Testsson', 'Testson'))
    const refused = await verify(changed)
    expect([refused.code, refused.stdout.split('\n')[0]]).toEqual([1, 'REFUSED ELMO_SIGNATURE_INVALID'])
    const data = JSON.parse((await verify('--json', changed)).stdout) as Record<string, unknown>
    expect(data).toMatchObject({ file: changed, verified: false, code: 'ELMO_SIGNATURE_INVALID', problems: [] })
    const fine = JSON.parse((await verify('--json', signed)).stdout) as Record<string, unknown>
    expect(fine).toMatchObject({ file: signed, verified: true, report: { signer: { keyType: 'rsa' } } })
    const noise = await verify('--json', file('noise', 'no document'))
    expect(noise).toMatchObject({ code: 1, stderr: '' })
    expect(JSON.parse(noise.stdout)).toMatchObject({ verified: false, code: 'ELMO_PACKING', report: { checks: [] } })
  })

  it('takes SHA-1 only by a dated exception', async () => {
    const weak = file(
      'weak.xml',
      signedBytes().toString().replaceAll('2001/04/xmldsig-more#rsa-sha256', '2000/09/xmldsig#rsa-sha1'),
    )
    expect((await verify(weak)).stdout).toMatch(/^REFUSED ELMO_SIGNATURE_WEAK/)
    // The exception lets the algorithm pass, and then the value does not fit.
    expect((await verify('--allow-sha1-until', '2999-12-31', weak)).stdout).toMatch(/^REFUSED ELMO_SIGNATURE_INVALID/)
    expect((await verify('--allow-sha1-until', '2001-12-31', weak)).stdout).toMatch(/^REFUSED ELMO_SIGNATURE_WEAK/)
    for (const date of ['soon', '2026-02-30', '2026-01-01Z']) {
      expect((await verify('--allow-sha1-until', date, weak)).code).toBe(2)
    }
  })

  it('exits 2 without a certificate that can be read, and for two files', async () => {
    expect((await runElmo(['verify', signed])).stderr).toMatch(/--certificate is missing/)
    for (const argv of [
      ['--certificate', file('absent')],
      ['--certificate', plain],
    ]) {
      const ended = await runElmo(['verify', ...argv, signed])
      expect([ended.code, ended.stdout]).toEqual([2, ''])
    }
    expect((await verify(signed, signed)).stderr).toMatch(/one file is expected/)
  })
})

describe('elmo pack and elmo unpack', () => {
  it('undo one another, through files and pipes', async () => {
    const packed = await runElmo(['pack'], { stdin: signedBytes() })
    expect(packed.stdout).toMatch(/^[A-Za-z0-9+/]+=*$/)
    const opened = await runElmo(['unpack', '-'], { stdin: packed.stdout })
    expect([opened.code, opened.stderr, opened.bytes.equals(signedBytes())]).toEqual([0, '', true])
    await runElmo(['unpack', file('packed.txt', packed.stdout), '--output', file('opened.xml')])
    expect(readFileSync(file('opened.xml')).equals(signedBytes())).toBe(true)
  })

  it('tell every departure of a packing, and refuse what is none', async () => {
    const opened = await runElmo(['unpack'], { stdin: gzipSync(xml) })
    expect([opened.code, opened.stderr]).toEqual([0, 'elmo unpack: not-base64: not packed in base64\n'])
    const refused = await runElmo(['unpack'], { stdin: 'Hello, world!' })
    expect([refused.code, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toMatch(/\(ELMO_PACKING\)\n$/)
    expect((await runElmo(['pack'], { stdin: '<html/>' })).stderr).toMatch(/ELMO_NOT_ELMO/)
    expect((await runElmo(['pack'], { stdin: packElmo(xml) })).code).toBe(1)
  })

  it('read no more of a file than a document may have', async () => {
    const huge = file('huge.xml', '<elmo>')
    truncateSync(huge, 300 * 1024 * 1024)
    expect((await runElmo(['unpack', huge])).stderr).toMatch(/ELMO_TOO_LARGE/)
    const chunk = Buffer.alloc(1024 * 1024, ' ')
    let taken = 0
    const stream = function* () {
      while (taken++ < 400) yield chunk
    }
    const ended = await runElmo(['unpack'], { stdin: stream() })
    expect([ended.code, ended.stdout]).toEqual([1, ''])
    expect(ended.stderr).toMatch(/ELMO_TOO_LARGE/)
    // 128, and what a stream fetches ahead.
    expect(taken).toBeLessThan(160)
  })
})

describe('elmo convert', () => {
  it('writes a document of another release and tells the losses', async () => {
    const { code, bytes, stderr } = await runElmo(['convert', '--to', '2.1.1', maximal])
    expect([code, readElmo(bytes).releases]).toEqual([0, ['2.1.1']])
    expect(stderr).toMatch(/^elmo convert: \d+ things are not as they were:\n/)
    expect(stderr).toMatch(/^ {2}added \/learner\/dateOfBirth: .+ \(BIRTH_DATE_REPEATED\)$/m)
  })

  it('names the signature that a conversion loses', async () => {
    const { stderr, stdout } = await runElmo(['convert', '--to', '1.6.0', signed])
    expect(stderr).toMatch(/dropped \/signature: .+ \(SIGNATURE_LOST\)/)
    expect(stdout).not.toContain('Signature')
  })

  it('gives the losses as JSON, into a file or beside the result', async () => {
    const argv = ['convert', '--to', '1.2.0', maximal]
    const into = await runElmo([...argv, '--losses', file('losses.json')])
    expect(into.stderr).toBe('')
    const losses = JSON.parse(readFileSync(file('losses.json'), 'utf8')) as ConversionLoss[]
    expect(losses).toContainEqual({ code: 'NOT_IN_RELEASE', what: 'dropped', path: '/groups' })
    const beside = await runElmo([...argv, '--losses', '-', '--output', file('older.xml')])
    expect(JSON.parse(beside.stdout)).toEqual(losses)
    expect((await runElmo([...argv, '--losses', '-'])).code).toBe(2)
    const one = await runElmo([...argv, '--losses', file('older.xml'), '--output', file('older.xml')])
    expect([one.code, one.stderr]).toEqual([2, expect.stringContaining('name the same file')])
    expect(readFileSync(file('older.xml'), 'utf8')).toContain('<elmo')
  })

  it('goes to JSON and back without loss, and from a packed answer', async () => {
    const json = await runElmo(['convert', '--to', 'json'], { stdin: packElmo(readFileSync(maximal)) })
    expect([json.code, json.stderr]).toEqual([0, ''])
    expect(JSON.parse(json.stdout)).toMatchObject({ elmo: '1.7.0', learner: {} })
    const back = await runElmo(['convert', '--from', 'json', '--to', '1.7.0'], { stdin: json.stdout })
    expect([back.code, back.stderr]).toEqual([0, ''])
    expect(readElmo(back.bytes).elmo).toEqual(readElmo(readFileSync(maximal)).elmo)
  })

  it('goes to credentials and back', async () => {
    const elm = await runElmo(['convert', '--to', 'elm', plain])
    expect(elm.stderr).toMatch(/NO_COUNTERPART/)
    const { credentials } = JSON.parse(elm.stdout) as { credentials: unknown[] }
    expect(credentials).toHaveLength(1)
    const back = await runElmo(['convert', '--from', 'elm', '--to', '1.7.0'], { stdin: elm.stdout })
    expect([back.code, readElmo(back.bytes).releases]).toEqual([0, ['1.5.0', '1.6.0', '1.7.0']])
    // The document between the two steps, in 2.1.1, is nobody's: an empty alternative name came into it and went.
    expect(back.stderr).not.toMatch(/alternativeName|bday: ELMO 2.1 wants/)
    expect(back.stderr).toMatch(/added \/generatedDate: /)
  })

  it('exits 1 for JSON and credentials that are not UTF-8', async () => {
    const json = (await runElmo(['convert', '--to', 'json', plain])).stdout
    const elm = (await runElmo(['convert', '--to', 'elm', plain])).stdout
    for (const [form, text] of [
      ['json', json],
      ['elm', elm],
    ] as const) {
      const stdin = Buffer.from(text.replace('Testsson', 'B\u00e5t'), 'latin1')
      const ended = await runElmo(['convert', '--from', form, '--to', '1.7.0'], { stdin })
      expect([ended.code, ended.stdout]).toEqual([1, ''])
      expect(ended.stderr).toMatch(/ELMO_ENCODING/)
    }
  })

  it('exits 1 with the reason for what cannot be converted, and writes nothing', async () => {
    const broken = file('broken.xml', xml.toString().replace(/<report>[^]*<\/report>/, ''))
    const ended = await runElmo(['convert', '--to', '2.1.1', '--output', file('never.xml'), broken])
    expect([ended.code, ended.stdout]).toEqual([1, ''])
    expect(ended.stderr).toMatch(/valid in no release[^]*ELMO_INVALID[^]*\n {2}\/elmo/)
    expect(() => statSync(file('never.xml'))).toThrow()
    for (const stdin of ['{', '[]', '{"elmo":"1.7.0"}']) {
      const { code, stderr } = await runElmo(['convert', '--from', 'json', '--to', '1.7.0'], { stdin })
      expect([code, /ELMO_INVALID/.test(stderr)]).toEqual([1, true])
    }
    for (const argv of [[], ['--to', '1.8'], ['--to', 'json', '--from', 'xml']]) {
      expect((await runElmo(['convert', ...argv, plain])).code).toBe(2)
    }
  })
})

describe('elmo lint', () => {
  it('gives a score and findings by line, and exits 1 for an error', async () => {
    const { code, stdout } = await runElmo(['lint', plain])
    expect(code).toBe(1)
    const [first, ...findings] = stdout.split('\n').slice(0, -1)
    expect(first).toMatch(/credits\.xml: score \d+ of 100 by ELMO 1\.7\.0; 3 errors, \d+ warnings$/)
    expect(findings[0]).toMatch(/^ {2}2:1 +error +ATT-REQUIRED +\/elmo: no attachment .+\. Attach a transcript/)
    const places = findings.map((line) => Number(/^ {2}(\d+):\d+ /.exec(line)?.[1]))
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  it('judges by a profile, several files, as JSON lines', async () => {
    const { code, stdout } = await runElmo([
      'lint',
      '--json',
      '--profile',
      'ewp-tors-v1',
      plain,
      maximal,
      file('no', 'x'),
    ])
    const objects = stdout
      .split('\n')
      .slice(0, -1)
      .map(
        (line) => JSON.parse(line) as { file: string; score: number; findings: { rule: string; severity: string }[] },
      )
    expect([code, objects.map(({ file: name }) => name)]).toEqual([1, [plain, maximal, file('no')]])
    expect(objects[0]?.findings.find(({ rule }) => rule === 'ATT-REQUIRED')?.severity).toBe('warning')
    expect(objects[2]).toMatchObject({ score: 0, findings: [{ rule: 'ELMO_NOT_WELL_FORMED', severity: 'error' }] })
    expect((await runElmo(['lint', '--profile', 'mine', plain])).stderr).toMatch(/one of: emrex, /)
  })

  it('exits 0 when nothing found is an error, and 2 for an unreadable file', async () => {
    const harmless = await runElmo(['lint', '--json', '--version', '1.7.0', '--profile', 'ewp-tors-v1'], {
      stdin: readFileSync(testdata('minimal.xml')),
    })
    expect([harmless.code, harmless.stdout.includes('"severity":"error"')]).toEqual([0, false])
    expect((await runElmo(['lint', file('absent')])).code).toBe(2)
  })
})

describe('elmo show', () => {
  it('shows a table, says that nothing is verified, and explains its marks', async () => {
    const { code, stdout } = await runElmo(['show', testdata('modules.xml')])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^NOT VERIFIED – /)
    expect(stdout).toMatch(/^Code {2}Title {11}ECTS {2}Grade {2}Status {2}Date$/m)
    expect(stdout).toMatch(/^K1 {4}Chemistry {7}15 {4}VG {5}passed {2}–$/m)
    expect(stdout).toMatch(/^K1-1 {4}Written exam {2}10\.5 {2}– /m)
    expect(stdout).toMatch(/^In total: 15 ECTS$/m)
    const doubtful = (await runElmo(['show', testdata('two-reports.xml')])).stdout
    expect(doubtful).toMatch(/Bachelor of Arts .* \[1\]$/m)
    expect(doubtful).toMatch(/^\[1\] There is no status, no grade and no date/m)
    expect(doubtful).toMatch(/^All reports: no ECTS counted$/m)
  })

  it('says that nothing counts, and not that nothing is stated, where all was failed', async () => {
    const stdin = readFileSync(testdata('modules.xml')).toString().replaceAll('>passed<', '>failed<')
    const { stdout } = await runElmo(['show'], { stdin })
    expect(stdout).toMatch(/^K1 {4}Chemistry {7}15 {4}VG {5}failed /m)
    expect(stdout).toMatch(/^In total: no ECTS counted$/m)
  })

  it('opens a packed answer, takes a language, and gives JSON', async () => {
    const [packed, english] = [file('answer', packElmo(signedBytes())), await runElmo(['show', plain])]
    expect((await runElmo(['show', packed])).stdout).toBe(english.stdout)
    const titles = async (...argv: string[]) => (await runElmo(['show', ...argv, maximal])).stdout
    expect(await titles()).toMatch(/^Example University, NO$/m)
    expect(await titles('--language', 'nb', '--language', 'en')).toMatch(/^Eksempeluniversitetet, NO$/m)
    const data = JSON.parse((await runElmo(['show', '--json', packed])).stdout) as Record<string, unknown>
    expect(data).toMatchObject({ file: packed, verified: false, learner: { familyName: 'Testsson' } })
    expect(Object.keys(data)).toEqual(['file', 'verified', 'learner', 'sums', 'reports'])
  })

  it('shows the birth date that is there where its other name is empty', async () => {
    const stdin = readFileSync(testdata('maximal-2.1.1.xml'))
      .toString()
      .replace(/(<dateOfBirth>)[^<]+/, '$1')
    expect((await runElmo(['show'], { stdin })).stdout).toMatch(/^Learner: .+, born 1989-06-05$/m)
    const { learner } = JSON.parse((await runElmo(['show', '--json'], { stdin })).stdout) as { learner: object }
    expect(learner).toMatchObject({ birthDate: '1989-06-05' })
  })

  it('says that something may be missing where the document is valid in no release', async () => {
    const valid = await runElmo(['show', plain])
    const stdin = xml.toString().replaceAll('resultLabel>', 'resultLable>')
    const broken = await runElmo(['show'], { stdin })
    expect([valid.code, valid.stderr, broken.code]).toEqual([0, '', 0])
    expect(broken.stderr).toMatch(
      /^elmo show: the document is valid in no release \(\d+ problems?, see elmo validate\)/,
    )
  })

  it('exits 1 for what is no document', async () => {
    expect(await runElmo(['show'], { stdin: '<html/>' })).toMatchObject({ code: 1, stdout: '' })
  })
})

describe('elmo xsd', () => {
  it('prints the schema of a release', async () => {
    expect((await runElmo(['xsd'])).stdout).toBe(elmoXsd('1.7.0'))
    expect((await runElmo(['xsd', '--version', '2.0.0'])).stdout).toBe(elmoXsd('2.0.0'))
    expect((await runElmo(['xsd', plain])).stderr).toMatch(/no file is expected/)
  })

  describeWith(describe, 'xmllint', 'with --output', () => {
    it('writes a folder that other programs validate with', async () => {
      const ended = await runElmo(['xsd', '--version', '1.7.0', '--output', file('schemas/1.7.0')])
      expect([ended.code, ended.stdout]).toEqual([0, ''])
      expect(readdirSync(file('schemas/1.7.0')).sort()).toEqual([
        'address.xsd',
        'elmo-1.7.0.xsd',
        'xml.xsd',
        'xmldsig.xsd',
      ])
      const verdicts = schemaVerdicts(file('schemas/1.7.0/elmo-1.7.0.xsd'), [xml, Buffer.from('<elmo/>')])
      expect(verdicts).toEqual([true, false])
      expect((await runElmo(['xsd', '--output', plain])).code).toBe(2)
    })
  })
})
