import { readFileSync } from 'node:fs'
import { releases } from '../../src/index.js'
import { launchElmo, runElmo, testdata, type Ended } from './run-elmo.js'
import { scratchFolder } from './scratch-folder.js'

interface Line {
  readonly file: string
  readonly valid: boolean
  readonly problems: readonly { readonly rule: string; readonly line?: number; readonly message: string }[]
}

const file = scratchFolder()
const [good, newer] = [testdata('maximal.xml'), testdata('maximal-2.1.1.xml')]
const goodXml = readFileSync(good, 'utf8')
const bad = file('bad.xml', goodXml.replace(/<familyName>[^<]*<\/familyName>/, '\n   <surname>Vik</surname>'))
const doctype = file('doctype.xml', '<?xml version="1.0"?>\n<!DOCTYPE elmo>\n<elmo/>')
const lines = ({ stdout }: Ended): string[] => stdout.split('\n').slice(0, -1)
const objects = (ended: Ended): Line[] => lines(ended).map((line) => JSON.parse(line) as Line)
const validate = (...argv: string[]): Promise<Ended> => runElmo(['validate', ...argv])

describe('elmo validate', () => {
  it('prints one line per file and exits 0 when all are valid, 1 when one is not', async () => {
    const fine = await validate('--version', '1.7.0', good, testdata('minimal.xml'))
    expect([fine.code, fine.stderr]).toEqual([0, ''])
    expect(lines(fine)).toEqual([`${good}: valid in 1.7.0`, `${testdata('minimal.xml')}: valid in 1.7.0`])
    const mixed = await validate('--version', '1.7.0', good, bad, newer, good)
    expect([mixed.code, mixed.stderr]).toEqual([1, ''])
    expect(lines(mixed).map((line) => / (valid|invalid) in 1\.7\.0/.exec(line)?.[1])).toEqual([
      'valid',
      'invalid',
      'invalid',
      'valid',
    ])
  })

  it('prints with --json one object per line: file as given, valid, problems', async () => {
    const odd = file('ødd "näme\u0085\u{e0041}.xml', goodXml)
    const ended = await validate('--json', '--version', '1.7.0', good, odd, bad, doctype)
    expect(ended.code).toBe(1)
    expect(objects(ended).map((line) => Object.keys(line))).toEqual(Array(4).fill(['file', 'valid', 'problems']))
    expect(objects(ended).map((line) => [line.file, line.valid])).toEqual([
      [good, true],
      [odd, true],
      [bad, false],
      [doctype, false],
    ])
    expect(ended.stdout).not.toMatch(/[\u0085\u{e0041}]/u)
    const [fine, , broken] = objects(ended)
    expect(fine?.problems).toEqual([])
    const at = goodXml.slice(0, goodXml.indexOf('<familyName>')).split('\n').length
    expect(broken?.problems.map(({ rule, line }) => [rule, line])).toContainEqual(['GRAMMAR-UNKNOWN-ELEMENT', at + 1])
  })

  it('says line, column, path and words of the first problem, and of all with --problems', async () => {
    const { stdout } = await validate('--version', '1.7.0', bad)
    expect(stdout).toMatch(
      /bad\.xml: invalid in 1\.7\.0: \d+:\d+ \/elmo\/learner.* \(GRAMMAR-\w+\); 2 problems, see --problems\n$/,
    )
    const all = lines(await validate('--version', '1.7.0', '--problems', bad))
    expect(all[0]).toBe(`${bad}: invalid in 1.7.0: 2 problems`)
    expect(all.slice(1).filter((line) => /^ {2}\d+:\d+ \/elmo\/learner/.test(line))).toHaveLength(2)
    expect(all).toHaveLength(3)
    const none = lines(await validate('--version', '1.7.0', '--problems', good))
    expect(none).toEqual([`${good}: valid in 1.7.0`])
  })

  it('counts what the reader refuses as invalid, with its code as the rule', async () => {
    const { problems, valid } = objects(await validate('--json', '--version', '1.7.0', doctype))[0]!
    expect([valid, problems.length]).toEqual([false, 1])
    expect(problems[0]).toMatchObject({ rule: 'ELMO_FORBIDDEN_MARKUP', line: 2, column: 1 })
    expect((await validate('--version', '1.7.0', doctype)).stdout).toMatch(
      /^\S+doctype\.xml: invalid in 1\.7\.0: 2:1 [^:]+ \(ELMO_FORBIDDEN_MARKUP\)\n$/,
    )
    const empty = await validate('--json', '--version', '1.7.0', file('empty.xml', ''))
    expect([empty.code, objects(empty)[0]?.problems[0]?.rule]).toEqual([1, 'ELMO_NOT_WELL_FORMED'])
  })

  it('says without --version which releases a file is valid in', async () => {
    const ended = await validate('--json', ...releases.map((release) => testdata(`releases/${release}.xml`)), bad)
    expect(ended.code).toBe(1)
    expect(objects(ended).map(({ valid }) => valid)).toEqual([...releases.map(() => true), false])
    expect(objects(ended)[2]).toEqual({
      file: testdata('releases/1.2.0.xml'),
      valid: true,
      releases: ['1.2.0', '1.4.0', '1.5.0', '1.6.0', '1.7.0'],
      problems: [],
    })
    expect((await validate(newer)).stdout).toBe(`${newer}: valid in 2.1.1\n`)
    expect((await validate(bad, doctype)).stdout).toMatch(/: invalid in every release, nearest to 1[^]*: invalid: 2:1/)
  })

  it('takes every release, and gives another verdict in another one', async () => {
    for (const release of releases) {
      const own = await validate('--version', release, testdata(`releases/${release}.xml`))
      expect([release, own.code]).toEqual([release, 0])
    }
    expect((await validate('--version', '1.6.0', good)).code).toBe(1)
  })

  it('reads standard input for -, as it is given', async () => {
    const ended = await runElmo(['validate', '--json', '--version', '1.7.0', '-'], { stdin: goodXml })
    expect([ended.code, ...objects(ended)]).toEqual([0, { file: '-', valid: true, problems: [] }])
    // It is there once: the second time nothing would come, and a good document be called invalid.
    const twice = await runElmo(['validate', '--json', '-', '-'], { stdin: goodXml })
    expect([twice.code, twice.stdout]).toEqual([2, ''])
  })

  it('exits 2 for an unreadable file, tells it, and still judges the others', async () => {
    for (const unreadable of [file('absent.xml'), file('.')]) {
      const ended = await validate('--json', '--version', '1.7.0', bad, unreadable, good)
      expect(ended.code).toBe(2)
      expect(objects(ended).map((line) => [line.file, line.valid])).toEqual([
        [bad, false],
        [good, true],
      ])
      expect(ended.stderr).toMatch(/^elmo validate: cannot read \S+ \((ENOENT|EISDIR)\)\n$/)
    }
  })

  it('exits 2 on wrong usage, with a hint and nothing on standard output', async () => {
    const wrong = [
      [],
      ['--version', '1.7.0'],
      ['--version', '1.7', good],
      ['--version'],
      ['--colour', good],
      ['-x', good],
      ['--json=yes', good],
    ]
    for (const argv of wrong) {
      const { code, stdout, stderr } = await validate(...argv)
      expect([argv, code, stdout]).toEqual([argv, 2, ''])
      expect(stderr).toMatch(/^elmo validate: [^\n]{8,}\nSee elmo validate --help\.\n$/)
    }
    // Behind -- everything is a file.
    expect((await validate('--', '--json')).stderr).toMatch(/cannot read --json/)
  })

  it('keeps the contract as a program of its own', () => {
    const fine = launchElmo(['validate', '--version', '1.7.0', '--json', good, '-'], goodXml)
    expect([fine.code, fine.stderr, objects(fine).map(({ file: name, valid }) => [name, valid])]).toEqual([
      0,
      '',
      [
        [good, true],
        ['-', true],
      ],
    ])
    expect(launchElmo(['validate', '--version', '1.7.0', good, bad]).code).toBe(1)
    expect(launchElmo(['validate', '--version', '1.7.0', file('absent.xml')]).code).toBe(2)
    expect(launchElmo(['validate', '--colour', good]).code).toBe(2)
  }, 180_000)
})
