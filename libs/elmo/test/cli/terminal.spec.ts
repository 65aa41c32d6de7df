import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { launcher, launchElmo, runElmo, testdata } from './run-elmo.js'
import { scratchFolder } from './scratch-folder.js'

const file = scratchFolder()
const plain = testdata('credits.xml')
const xml = readFileSync(plain, 'utf8')
/** 12 MB of a valid document. */
const large = file('large.xml', xml.replace('</elmo>', `<!--${' '.repeat(12_000_000)}--></elmo>`))
const commands = ['show', 'validate', 'lint', 'verify', 'sign', 'unpack', 'pack', 'convert', 'xsd']
const control = /[\p{Cc}\p{Cf}]/u
const withoutControl = (shown: string): boolean => !control.test(shown.replaceAll('\n', ''))

describe('elmo on a terminal', () => {
  it('shows the control characters of strangers as signs, wherever they stand', async () => {
    const hostile = xml
      .replace(/<title>[^<]*</, '<title>A\u009b2JB\u202eC<')
      .replace(/<familyName>[^<]*</, '<familyName>Vik\u0085<')
      .replace('<learner>', '<learner\u00ad>')
    const titled = file('titled.xml', hostile.replace('<learner\u00ad>', '<learner>'))
    const shown = await runElmo(['show', titled])
    expect([shown.code, shown.stdout.includes('A\ufffd2JB\ufffdC')]).toEqual([0, true])
    expect(shown.stdout).toContain('Vik\ufffd')
    const data = await runElmo(['show', '--json', titled])
    expect((JSON.parse(data.stdout) as { learner: object }).learner).toMatchObject({ familyName: 'Vik\u0085' })
    const name = file('a\u001b[2J\u009b.xml', titled)
    for (const command of commands) {
      for (const argv of [[titled], [name], [`${name}-absent`], ['--json', name], [`--\u001b[2J`]]) {
        const extra = command === 'verify' ? ['--certificate', plain] : []
        const { stdout, stderr } = await runElmo([command, ...extra, ...argv])
        // What pack, unpack, sign and convert give is data, byte for byte.
        const judged = ['pack', 'unpack', 'sign', 'convert'].includes(command) ? '' : stdout
        expect([command, argv, withoutControl(judged), withoutControl(stderr)]).toEqual([command, argv, true, true])
      }
    }
    expect(withoutControl((await runElmo(['\u001b[2J'])).stderr)).toBe(true)
  })

  it('tells with --progress how far it is with a large file, on standard error alone', async () => {
    const { code, stdout, stderr } = await runElmo(['validate', '--progress', large, plain])
    expect([code, stdout]).toEqual([0, (await runElmo(['validate', large, plain])).stdout])
    expect(stderr.split('\n').length).toBeGreaterThan(5)
    expect(stderr).toMatch(/^\S+large\.xml: read \d of 12 MB\n/)
    expect(stderr).toMatch(/large\.xml: read all 12 MB, working\n$/)
  })

  it('is silent without a terminal and about small files; on a terminal it writes one line anew', async () => {
    expect((await runElmo(['validate', large])).stderr).toBe('')
    expect((await runElmo(['validate', '--progress', plain])).stderr).toBe('')
    const { stderr } = await runElmo(['validate', large], { isTTY: true })
    expect(stderr).toMatch(/^(\r\u001b\[K\S+large\.xml: read \d+ of 12 MB)+\r\u001b\[K$/)
    const { stderr: piped } = await runElmo(['unpack', '--progress'], { stdin: readFileSync(large) })
    expect(piped).toMatch(/^-: read \d MB\n/)
  })

  it('ends quietly and with its verdict when the reader of its output has gone', async () => {
    const many = Array.from({ length: 1500 }, () => testdata('minimal.xml'))
    for (const [files, expected] of [
      [many, 0],
      [[...many, testdata('maximal-2.1.1.xml')], 1],
    ] as const) {
      const argv = [launcher, 'validate', '--version', '1.7.0', '--json', ...files]
      const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] })
      child.stdout.once('data', () => child.stdout.destroy())
      const [[code], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)])
      expect([code, stderr]).toEqual([expected, ''])
    }
    const head = spawnSync('sh', ['-c', `"$0" "$1" lint "$2" | head -n 1`, process.execPath, launcher, plain])
    expect([head.stdout.toString().split('\n').length, head.stderr.toString()]).toEqual([2, ''])
  }, 300_000)

  it('exits 2 when its output cannot be written', () => {
    const full = openSync('/dev/full', 'w')
    const { status, stderr } = spawnSync(process.execPath, [launcher, 'show', plain], {
      stdio: ['ignore', full, 'pipe'],
    })
    closeSync(full)
    expect([status, stderr.toString()]).toEqual([2, 'elmo show: cannot write standard output (ENOSPC)\n'])
  })

  it('writes large results whole into a pipe', () => {
    const ended = launchElmo(['unpack'], readFileSync(large))
    expect([ended.code, ended.bytes.equals(readFileSync(large))]).toEqual([0, true])
  })
})

describe('elmo', () => {
  it('has help for itself and each command, in lines that fit a terminal', async () => {
    const overall = await runElmo(['--help'])
    expect([overall.code, overall.stderr]).toEqual([0, ''])
    expect((await runElmo(['help'])).stdout).toBe(overall.stdout)
    for (const command of commands) {
      expect(overall.stdout).toMatch(new RegExp(`^  ${command} +[A-Z]`, 'm'))
      const help = await runElmo([command, '--help'])
      expect([command, help.code, help.stderr]).toEqual([command, 0, ''])
      expect(help.stdout).toMatch(new RegExp(`^Usage: elmo ${command} `))
      expect(help.stdout).toMatch(/Exit codes:\s0 [^]*\nOptions:\n {2}--[^]*--help/)
      expect(help.stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
      expect((await runElmo(['help', command])).stdout).toBe(help.stdout)
    }
  })

  it('says its version, and exits 2 with the list for a command that it has not', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect((await runElmo(['--version'])).stdout).toBe(`${version}\n`)
    for (const argv of [[], ['validte', plain], ['--colour'], ['help', 'validte']]) {
      const { code, stdout, stderr } = await runElmo(argv)
      expect([argv, code, stdout]).toEqual([argv, 2, ''])
      expect(stderr).toMatch(/^elmo: [^\n]+\nCommands: show, validate, .*See elmo --help\.\n$/)
    }
  })
})
