import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '@emrex-gateway/gateway'
import { defaults, type AuditEntry } from '@emrex-gateway/core'
import { packElmo, signElmo, writeElmo, type Elmo, type LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import type { NcpFlow } from '@emrex-gateway/ncp'
import type { SmpFlow, SmpState } from '@emrex-gateway/smp'
import { PlainBrowser, type BrowserPage } from '@emrex-gateway/testing'
import {
  goToLoginAbroad,
  loginName,
  startTown,
  stories,
  students,
  type NcpId,
  type Story,
  type Town,
  type TownOptions,
  type UniversityId,
} from '@emrex-gateway/town'
import { readImports, type Import } from './read-imports.js'

export const storyOf = (id: string): Story => stories.find((story) => story.id === id)!

/** A student whom the home side sent abroad: the browser is there, the home side waits. */
export interface Asked {
  readonly story: Story
  readonly browser: PlainBrowser
  readonly transferId: string
  readonly sessionId: string
  /** The page of the transfer at home. */
  readonly hub: string
}

/** The fields of an answer that a test wants to be other than a good one's; undefined leaves a field out. */
export type AnswerChange = Readonly<
  Partial<Record<'sessionId' | 'returnCode' | 'returnMessage' | 'elmo', string | undefined>>
>

/** A town of its own in a temporary folder, with a clock that can be put forward and a log that is kept. */
export class TownUnderTest {
  readonly lines: string[] = []
  private aheadMs = 0
  private started?: Town

  static async start(
    options: Partial<Pick<TownOptions, 'folder' | 'port' | 'realLogins' | 'otherSystems' | 'rewriteSettings'>> = {},
    collectPatienceMilliseconds = 60_000,
  ): Promise<TownUnderTest> {
    const under = new TownUnderTest()
    under.started = await startTown({
      folder: mkdtempSync(join(tmpdir(), 'emrex-town-')),
      port: 0,
      log: createLog('debug', { write: (line) => void under.lines.push(line) }),
      // A machine under load must not see the page that tells how far the reading is.
      overrides: { now: () => new Date(Date.now() + under.aheadMs), collectPatienceMilliseconds },
      ...options,
    })
    return under
  }

  async stop(): Promise<void> {
    await this.town.stop()
    rmSync(this.town.folder, { recursive: true })
  }

  get town(): Town {
    return this.started!
  }

  /** From now on the gateway believes that it is so much later. */
  putForward(minutes: number): void {
    this.aheadMs += minutes * 60_000
  }

  /** The same, and for half a minute the gateway does not tidy by itself, as if another instance had taken its turn. */
  async putForwardUntidied(minutes: number): Promise<void> {
    this.putForward(minutes)
    const turnMs = defaults.tidySeconds * 1000
    const turn = Math.floor(this.now().getTime() / turnMs)
    for (const each of [turn, turn + 1]) await this.town.gateway.store.once('tidy', `${each}`, (each + 2) * turnMs)
  }

  now(): Date {
    return new Date(Date.now() + this.aheadMs)
  }

  smp(home: UniversityId): SmpFlow {
    return this.town.gateway.smps.find(({ flow }) => flow.entry.id === home)!.flow
  }

  ncp(id: string): NcpFlow {
    return this.town.gateway.ncps.find(({ entry }) => entry.id === id)!
  }

  /** Opens the student system of a university, as its own staff would, to look or to change something. */
  async atUniversity<T>(id: UniversityId, work: (knex: ReturnType<typeof openSqlite>) => Promise<T>): Promise<T> {
    const knex = openSqlite({ file: join(this.town.folder, `${id}.sqlite`) })
    try {
      return await work(knex)
    } finally {
      await knex.destroy()
    }
  }

  /** Logs a student in at home and sends them to the NCP of the story; its login is on the screen. */
  async ask(story: Story, browser = new PlainBrowser()): Promise<Asked> {
    const home = this.town.smpUrl(story.home)
    await goToLoginAbroad(story, home, browser)
    const [transfer] = await this.smp(story.home).transfers.list({ entry: story.home, states: ['asked'], limit: 1 })
    const { sessionId } = transfer!.state as SmpState & { state: 'asked' }
    return { story, browser, transferId: transfer!.id, sessionId, hub: `${home}/transfers/${transfer!.id}` }
  }

  /** Walks on abroad from the login to the page where the student sees what will be sent. */
  async preview({ story, browser }: Asked): Promise<void> {
    await browser.press(loginName(story.logsInAbroadAs ?? story.student))
    await browser.press('Show what will be sent')
  }

  /** Posts an answer from another site, in the browser that asked unless told otherwise. */
  async answer(asked: Asked, change: AnswerChange, browser = asked.browser): Promise<BrowserPage> {
    const { sessionId, story } = asked
    const fields = { sessionId, returnCode: 'NCP_OK', returnMessage: '', ...change }
    const sent = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined)
    const form = { action: `${this.town.smpUrl(story.home)}/return`, method: 'POST', autoSubmit: false } as const
    if (browser.page.status === 0) await browser.open(this.town.ncpUrl(story.ncp))
    return browser.submit({ ...form, fields: [], boxes: [], buttons: [] }, new URLSearchParams(sent))
  }

  /** A small document about a student, made now. */
  elmoFor(student: string, change: Partial<Elmo> = {}): Elmo {
    const { given, family, birthDate } = students.find(({ id }) => id === student)!
    const generatedDate = this.now().toISOString()
    const result: LearningOpportunitySpecification = {
      identifier: [{ type: 'local', value: 'TST-1' }],
      title: [{ value: 'Invented Course', lang: 'en' }],
      type: 'Course',
      instance: { date: '2025-01-20', status: 'passed', resultLabel: 'A', credit: [{ scheme: 'ects', value: '5' }] },
    }
    return {
      generatedDate,
      learner: { givenNames: given, familyName: family, ...(birthDate === undefined ? {} : { bday: birthDate }) },
      reports: [
        {
          issuer: {
            identifier: [{ type: 'schac', value: 'invented.example' }],
            title: [{ value: 'Invented University', lang: 'en' }],
            url: 'https://invented.example/',
          },
          learningOpportunitySpecification: [result],
          issueDate: generatedDate,
        },
      ],
      ...change,
    }
  }

  /** Signs as that NCP of the town would, whatever it is. */
  sign(document: Elmo | string, ncp: NcpId): Uint8Array {
    const key = (name: string) => readFileSync(join(this.town.folder, name), 'utf8')
    const xml = typeof document === 'string' ? Buffer.from(document) : writeElmo(document)
    return signElmo(xml, { privateKey: key(`${ncp}.key.pem`), certificate: key(`${ncp}.pem`) })
  }

  packed(document: Elmo | string, ncp: NcpId): string {
    return packElmo(this.sign(document, ncp))
  }

  /** The evidence about one transfer. */
  audit(transferId: string): Promise<readonly AuditEntry[]> {
    return this.town.gateway.store.audit.list({ transfer: transferId })
  }

  /** What the student system of a university was given, oldest first. */
  imports(home: UniversityId): Promise<readonly Import[]> {
    return readImports(this.town.folder, home)
  }

  /** How many deliveries all student systems of the town have. */
  async importCount(): Promise<number> {
    const all = await Promise.all(this.town.gateway.smps.map(({ flow }) => this.imports(flow.entry.id as UniversityId)))
    return all.flat().length
  }
}
