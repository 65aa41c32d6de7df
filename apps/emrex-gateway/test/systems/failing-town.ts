import type { SisErrorKind } from '@emrex-gateway/core'
import type { SisServer } from '@emrex-gateway/testing'
import { studentOf, type Student, type StudentId } from '@emrex-gateway/testing/population'
import { otherUniversity, populationLoginLabel } from '@emrex-gateway/town'
import { parse, stringify } from 'yaml'
import { OutsideSmp, type Guest } from '../outside-smp.js'
import { TownUnderTest } from '../town-under-test.js'

/** The universities of the town whose systems are played by servers that can fail. */
export const failing = ['norrberg', 'pierwszy', 'forste', 'suomi'] as const
export type FailingId = (typeof failing)[number]
export const titleOf = (id: FailingId): string => otherUniversity(id).title

/** An NCP with the results of all systems but USOS, and of a database that is always well. */
export const alliance = 'alliance'

export interface Line {
  readonly event: string
  readonly entry?: string
  readonly connection?: string
  readonly reference?: string
  readonly kind?: SisErrorKind
  readonly code?: string
}

interface Settings {
  readonly ncp: { id: string; title: string; logins: string[]; sources: string[]; collectSeconds?: number }[]
  readonly systems: { id: string; settings: Record<string, unknown> }[]
}

export interface Pace {
  readonly collectSeconds: number
  /** Between two requests to USOS. */
  readonly usosIntervalMs?: number
  /** How long a page waits for the results. */
  readonly patienceMs?: number
}

const withAlliance =
  ({ collectSeconds, usosIntervalMs = 0 }: Pace) =>
  (yaml: string): string => {
    const settings = parse(yaml) as Settings
    Object.assign(settings.systems.find(({ id }) => id === 'pierwszy')!.settings, { minIntervalMs: usosIntervalMs })
    const norrberg = settings.ncp.find(({ id }) => id === 'norrberg')!
    const sources = ['norrberg', 'forste', 'suomi', 'views']
    settings.ncp.push({ ...norrberg, id: alliance, title: 'All of them', sources })
    for (const entry of settings.ncp) entry.collectSeconds = collectSeconds
    return stringify(settings)
  }

export type Arrived = Guest & { read(): Promise<Guest> }

/** The town with systems of every kind, and a receiver outside of it. */
export class FailingTown {
  private constructor(
    readonly under: TownUnderTest,
    readonly outside: OutsideSmp,
  ) {}

  static async start(pace: Pace): Promise<FailingTown> {
    const options = { otherSystems: true, rewriteSettings: withAlliance(pace) }
    const under = await TownUnderTest.start(options, pace.patienceMs)
    return new FailingTown(under, await OutsideSmp.start(under))
  }

  async stop(): Promise<void> {
    await this.outside.stop()
    await this.under.stop()
  }

  system(id: FailingId): SisServer {
    const { ladok, usos, fs, virta } = this.under.town.others!
    return { norrberg: ladok, pierwszy: usos, forste: fs, suomi: virta }[id]
  }

  get usos() {
    return this.under.town.others!.usos
  }

  lines(from = 0): Line[] {
    return this.under.lines.slice(from).map((line) => JSON.parse(line) as Line)
  }

  /** One after the other: the receiver knows them apart by the order of their requests. */
  async arriveAll(ncps: readonly string[]): Promise<Arrived[]> {
    const arrived: Arrived[] = []
    for (const ncp of ncps) arrived.push(await this.arrive(ncp))
    return arrived
  }

  /** A student who has logged in; what the systems hold is read when they go on (`read`). */
  async arrive(ncp: string, id: StudentId = 'ada'): Promise<Arrived> {
    const student = studentOf(id)
    await this.loginsAreUp()
    const guest = await this.outside.toLogin(ncp)
    const { browser } = guest
    if (browser.page.html.includes('name="login"')) await browser.press(populationLoginLabel)
    browser.holdAt = (address) => address.pathname.includes('/transfers/')
    await browser.press(ncp === 'pierwszy' ? this.usos.labelOf(student) : nameOf(student))
    browser.holdAt = undefined
    const read = async () => {
      await browser.open(browser.held!)
      return guest
    }
    return { ...guest, read }
  }

  /** The gateway may have looked at the login of a system just when it failed; then it is shown as down for a minute. */
  async loginsAreUp(): Promise<void> {
    const { loginWatch } = this.under.town.gateway
    if (loginWatch.down.length === 0) return
    this.under.putForward(1.1)
    await loginWatch.refresh()
  }
}

export const nameOf = ({ given, family }: Student): string => `${given} ${family}`.trim()

/** What must not stand in a log about somebody of the population. */
export const canariesOf = ({ given, family, formerFamily, nationalId, number, key, birthDate, email }: Student) =>
  [
    ...given.split(' '),
    family,
    ...family.split('-'),
    formerFamily,
    nationalId?.value,
    number,
    key,
    birthDate,
    email,
  ].filter((canary): canary is string => canary !== undefined && canary.length > 2)
