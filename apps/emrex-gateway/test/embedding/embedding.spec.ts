import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import {
  describeWith,
  makeThrowawaySigner,
  PlainBrowser,
  readAnswer,
  startStandInNcp,
  startStandInSmp,
  type StandInMode,
} from '@emrex-gateway/testing'
import { programs, installs, keyFiles, solveig } from './programs-of-the-page.js'
import { PackedPackages, type RunningProgram, type UnrelatedFolder } from './unrelated-folder.js'

const here = (name: string) => readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8')

let packed: PackedPackages
const folders: UnrelatedFolder[] = []

async function install(names: readonly string[], files: Readonly<Record<string, string>>): Promise<UnrelatedFolder> {
  const folder = await packed.install(names, files)
  folders.push(folder)
  return folder
}

beforeAll(async () => {
  packed = await PackedPackages.pack([...installs.nest, '@emrex-gateway/elmo', ...installs.script])
}, 120_000)

afterAll(async () => {
  await Promise.all(folders.map((folder) => folder.remove()))
  packed.remove()
})

it('has programs of at most forty lines', () => {
  const lines = Object.values(programs).map((program) => program.trimEnd().split('\n').length)
  expect(Math.max(...lines)).toBeLessThanOrEqual(40)
})

/** A whole transfer at an application with a login page of its own; gives what the receiver got. */
async function fetchFrom(program: RunningProgram, pin: string) {
  const smp = await startStandInSmp()
  try {
    const browser = new PlainBrowser()
    await browser.open(smp.startUrl(`${program.origin}/ncp/campus`))
    await browser.press('Continue')
    await browser.press({ action: 'confirm-receiver', fields: { confirmed: 'yes' } })
    if (browser.heading !== 'Campus') await browser.press({ action: '/login' })
    expect(browser.heading).toBe('Campus')
    await browser.press({ button: 'Log in', fields: { id: solveig.person.id, pin } })
    if (browser.heading === 'Campus') return { browser, answer: undefined }
    expect(browser.heading).toBe('Choose your results')
    expect(browser.text).not.toContain('Compilers')
    await browser.press('Show what will be sent')
    await browser.press('Send to')
    return { browser, answer: smp.answers.at(-1) }
  } finally {
    await smp.close()
  }
}

async function expectWholeTransfer(program: RunningProgram, certificate: string): Promise<void> {
  const { answer } = await fetchFrom(program, '1234')
  expect(answer?.fields).toMatchObject({ returnCode: 'NCP_OK' })
  expect(await readAnswer(answer!.fields['elmo']!, certificate)).toMatchObject({
    isSignatureGood: true,
    ...{ givenNames: 'Solveig', familyName: 'Prøve', birthDate: '1999-04-05' },
    ...{ titles: ['Databases'], credits: ['7.5'] },
  })
  expect((await fetchFrom(program, 'wrong')).answer).toBeUndefined()
}

describeWith(describe, 'xmlsec1', 'program 1, on NestJS', () => {
  it('compiles, and gives the results of its own database to the person of its own session', async () => {
    const signer = await makeThrowawaySigner()
    const folder = await install(installs.nest, {
      'main.ts': programs.nest,
      'campus.ts': here('campus.ts'),
      ...keyFiles(signer),
    })
    const options = {
      module: 'nodenext',
      target: 'es2023',
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      skipLibCheck: true,
    }
    expect(folder.compile(options, ['main.ts'])).toBe('')
    await fillCampus(`${folder.path}/campus.sqlite`)
    const program = await folder.start('main.js')
    await expectWholeTransfer(program, signer.certificate)
    // The tables of both lie side by side, and the errors of the application are its own.
    const own = await fetch(`${program.origin}/own-error`)
    expect([own.status, await own.json()]).toMatchObject([400, { message: expect.stringContaining('own') as string }])
    const theirs = await fetch(`${program.origin}/ncp/nobody`)
    expect([theirs.status, theirs.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    expect((await fetch(`${program.origin}/assets/site.css`)).status).toBe(200)
  }, 180_000)
})

/** The database of the application, as it was before EMREX. */
async function fillCampus(file: string): Promise<void> {
  const knex = openSqlite({ file })
  await knex.schema.createTable('student', (table) => {
    for (const column of ['id', 'pin', 'givenNames', 'familyName', 'birthDate']) table.string(column)
  })
  await knex.schema.createTable('session', (table) => {
    for (const column of ['key', 'student']) table.string(column)
  })
  await knex.schema.createTable('course', (table) => {
    for (const column of ['student', 'code', 'title', 'status', 'date', 'grade']) table.string(column)
    table.float('credits')
  })
  await knex('student').insert({ ...solveig.person, pin: '1234' })
  await knex('course').insert(solveig.courses.map((course) => ({ student: solveig.person.id, ...course })))
  await knex.destroy()
}

describeWith(describe, 'xmlsec1', 'program 2, on Express', () => {
  it('runs as CommonJS without Nest, and gives the results of the person of its session', async () => {
    const signer = await makeThrowawaySigner()
    const folder = await install(installs.express, {
      'campus.cjs': programs.express,
      'students.json': JSON.stringify([{ ...solveig, learner: learnerOf(solveig.person), pin: '1234' }]),
      ...keyFiles(signer),
    })
    const program = await folder.start('campus.cjs')
    await expectWholeTransfer(program, signer.certificate)
    expect((await fetch(`${program.origin}/of-the-application`)).status).toBe(404)
    const theirs = await fetch(`${program.origin}/ncp/nobody`, { headers: { accept: 'application/json' } })
    expect([theirs.status, await theirs.json()]).toMatchObject([404, { code: 'PAGE_UNKNOWN' }])
    expect(program.output()).toBe('')
  }, 120_000)

  it('says every mistake at once, in plain words', async () => {
    const spoilt = programs.express
      .replace("text('ncp.pem')", "text('students.json')")
      .replace('allowLoopbackHttp: true', '')
    const folder = await install(installs.express, {
      'campus.cjs': spoilt,
      'students.json': '[]',
      ...keyFiles(await makeThrowawaySigner()),
    })
    await expect(folder.start('campus.cjs')).rejects.toThrow(
      /the NCP cannot be made:\n {2}origin: must be https.*\n {2}signingKey: /,
    )
  }, 120_000)
})

const learnerOf = ({ givenNames, familyName, birthDate }: typeof solveig.person) => ({
  ...{ givenNames, familyName, bday: birthDate },
})

describeWith(describe, 'xmlsec1', 'program 3, on nothing but Node', () => {
  it('takes the answer of an NCP as far as a matched result, and says why where there is none', async () => {
    const signer = await makeThrowawaySigner()
    const ncp = await startStandInNcp({ signer })
    const folder = await install(installs.script, {
      'fetch.mjs': programs.script,
      'list.json': JSON.stringify({
        countries: [],
        emps: [{ url: ncp.url, countryCode: 'FI', pubKey: signer.certificate, institutions: ['Coast'] }],
      }),
    })
    const list = await serveFile(`${folder.path}/list.json`)
    try {
      const program = await folder.start('fetch.mjs', { REGISTRY: list.url })
      const fetchIn = async (mode: StandInMode) => {
        ncp.setMode(mode)
        const browser = new PlainBrowser()
        await browser.open(`${program.origin}/`)
        await browser.press('Fetch my results')
        await browser.press('Continue')
        return browser.page.html
      }
      expect(await fetchIn('success')).toBe('Your results have arrived.')
      expect(program.output()).toContain('Marine Biology;')
      expect(program.output()).toMatch(/^same $/m)
      expect(await fetchIn('identity_mismatch')).toBe('No results: ID_MISMATCH')
      expect(await fetchIn('unsigned')).toBe('No results: SIGNATURE_MISSING')
      expect(await fetchIn('cancel')).toBe('No results: USER_CANCEL')
      const stranger = await fetch(`${program.origin}/return`, {
        method: 'POST',
        body: new URLSearchParams({ sessionId: 'nobody', returnCode: 'NCP_OK' }),
      })
      expect(stranger.status).toBe(400)
    } finally {
      await Promise.all([ncp.close(), list.close()])
    }
  }, 120_000)
})

async function serveFile(file: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { createServer } = await import('node:http')
  const server = createServer((_request, response) => response.end(readFileSync(file)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('a server without an address')
  return {
    url: `http://127.0.0.1:${address.port}/list.json`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
