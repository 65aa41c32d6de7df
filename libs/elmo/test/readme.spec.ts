import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { makeThrowawaySigner, readmeExamples, runReadmeExamples } from '@emrex-gateway/testing'
import * as elmoLibrary from '../src/index.js'
import { defaultLimits, lintRules, packElmo, readElmo, signElmo, unpackElmo, verifyElmo } from '../src/index.js'
import { launcher, testdata } from './cli/run-elmo.js'
import { scratchFolder } from './cli/scratch-folder.js'

const readme = new URL('../README.md', import.meta.url)
const text = readFileSync(readme, 'utf8').replace(/\s+/g, ' ')
const file = scratchFolder()
const transcript = readFileSync(testdata('modules.xml'))
let certificate: string

beforeAll(async () => {
  const signer = await makeThrowawaySigner()
  certificate = signer.certificate
  file('key.pem', signer.privateKey)
  file('ncp.pem', certificate)
  file('transcript.xml', transcript)
  file('newer.xml', readFileSync(testdata('maximal-2.1.1.xml')))
  file('answer.txt', packElmo(signElmo(transcript, signer)))
})

describe('the README of elmo', () => {
  it('shows five things to do, each with an example that runs and does what it says', async () => {
    const printed: string[] = []
    const fromFolder = (name: string, encoding?: 'utf8') => readFileSync(file(name), encoding)
    const [read, received, written, validated, converted, ...more] = await runReadmeExamples(
      readme,
      { '@emrex-gateway/elmo': elmoLibrary, 'node:fs': { readFileSync: fromFolder } },
      { console: { log: (...words: unknown[]) => printed.push(words.join(' ')) } },
    )
    expect(more).toEqual([])
    expect(read).toMatchObject({ total: '15', problems: [] })
    expect(printed).toContain('Example University K1 Chemistry 15 VG passed ')
    expect(received).toMatchObject({ learner: { familyName: 'Testsson' }, deviations: [] })
    const outcome = verifyElmo(unpackElmo(written!['packed'] as string).xml, {
      certificates: [certificate],
      at: new Date(),
    })
    expect(outcome).toMatchObject({
      verified: true,
      document: { problems: [], elmo: { learner: { givenNames: 'Ane' } } },
    })
    expect(validated).toMatchObject({ valid: true, broken: [] })
    expect(validated!['score']).toBeLessThan(100)
    expect(printed.filter((line) => /^\d+:\d+ \/elmo.*: \w/.test(line)).length).toBe(
      (validated!['findings'] as unknown[]).length,
    )
    expect(readElmo(converted!['newerXml'] as Uint8Array).releases).toEqual(['2.1.1'])
    expect(converted!['same']).toEqual(converted!['source'])
    expect(converted!['credentials']).toHaveLength(1)
  })

  it('shows commands that run', () => {
    const [commands = '', ...more] = readmeExamples(readme, 'sh')
    expect(more).toEqual([])
    // As npx would, but from the sources' own build.
    const npx = `npx() { shift; "${process.execPath}" "${launcher}" "$@"; }`
    writeFileSync(file('commands.sh'), `set -e -o pipefail\n${npx}\n${commands}`)
    const { status, stdout, stderr } = spawnSync('bash', [file('commands.sh')], {
      cwd: file('.'),
      encoding: 'utf8',
      timeout: 60_000,
    })
    expect([stderr.replace(/^elmo xsd: wrote .*\n/gm, ''), status]).toEqual(['', 0])
    expect(stdout).toMatch(/^NOT VERIFIED/)
    expect(stdout).toMatch(
      /^\{"file":"transcript\.xml","valid":true,"problems":\[\]\}\n\{"file":"newer\.xml","valid":false/m,
    )
    expect(stdout).toMatch(/^not all of them are valid$/m)
    expect(stdout).toMatch(/^transcript\.xml: score \d+ of 100[^]*^not good enough$/m)
    expect(stdout).toMatch(/^VERIFIED$/m)
    expect(readElmo(readFileSync(file('newer.xml'))).releases).toEqual(['2.1.1'])
    expect(readdirSync(file('schemas'))).toContain('elmo-2.1.1.xsd')
    // Every command has its line.
    const used = new Set([...commands.matchAll(/npx elmo (\w+)/g)].map(([, name]) => name))
    const all = readdirSync(new URL('../src/cli/commands/', import.meta.url)).map((name) => name.split('-command')[0])
    expect([...used].sort()).toEqual(all.sort())
  }, 300_000)

  it('names every folder of the sources, the limits and the number of rules as they are', () => {
    const entries = readdirSync(new URL('../src/', import.meta.url), { withFileTypes: true })
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
    expect(folders.filter((name) => !text.includes(`\`${name}\``))).toEqual([])
    const { maxBytes, maxDepth, maxAttributes, maxNodes, maxRatio, ratioFreeBytes } = defaultLimits
    expect(text).toContain(
      `${maxBytes / 2 ** 20} MiB of XML, ${maxDepth} elements deep, ${maxAttributes} attributes for an element, ` +
        `${maxNodes.toLocaleString('en')} nodes; an answer over ${ratioFreeBytes / 2 ** 20} MiB may be at most ${maxRatio} times`,
    )
    expect(text).toContain(
      `${lintRules.filter(({ notCheckable }) => notCheckable === undefined).length} rules beyond it`,
    )
  })
})
