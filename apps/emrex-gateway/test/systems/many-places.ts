import { setTimeout as wait } from 'node:timers/promises'
import {
  makeThrowawaySigner,
  startRestSis,
  startStandInSmp,
  PlainBrowser,
  type RestSis,
  type StandInSmp,
} from '@emrex-gateway/testing'
import { studentOf } from '@emrex-gateway/testing/population'
import { GatewayAlone, transferOf } from '../gateway-alone.js'

const student = studentOf('ada')
export const studentName = `${student.given} ${student.family}`

/** How a person knows a place. */
export const placeName = (index: number): string => `University ${String(index + 1).padStart(2, '0')}`

/** How long a system may take to say which institutions it has. */
export const sourceTimeoutSeconds = 60

/** An NCP that reads from many systems, each with one result of the same student. */
export class ManyPlaces {
  private constructor(
    readonly alone: GatewayAlone,
    readonly systems: readonly RestSis[],
    private readonly smp: StandInSmp,
  ) {}

  static async start(count: number, { collectSeconds }: { readonly collectSeconds: number }): Promise<ManyPlaces> {
    const systems = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        startRestSis({ students: [student], instead: () => resultOf(placeName(index)) }),
      ),
    )
    const smp = await startStandInSmp({ host: 'localhost' })
    const signer = await makeThrowawaySigner()
    const tokens = systems.map(({ credential }, index) => [
      `token-${index}`,
      'token' in credential ? credential.token : '',
    ])
    const alone = await GatewayAlone.start({
      host: '127.0.0.1',
      universities: [],
      files: { 'ncp.key.pem': signer.privateKey, 'ncp.pem': signer.certificate, ...Object.fromEntries(tokens) },
      // A page does not wait for the results here: it tells how far the reading is.
      overrides: { collectPatienceMilliseconds: 200 },
      role: (origin) => ({
        logins: [
          { id: 'people', plugin: 'demo', settings: { country: student.nationalId!.country, people: [person] } },
        ],
        systems: systems.map(({ url }, index) => ({
          id: `place-${index + 1}`,
          title: placeName(index),
          plugin: 'rest',
          settings: { url, auth: { kind: 'token', tokenFile: `./token-${index}` } },
        })),
        ncp: [
          {
            ...{ id: 'all', title: 'All of them', publicUrl: origin, logins: ['people'], collectSeconds },
            sourceTimeoutSeconds,
            sources: systems.map((_, index) => `place-${index + 1}`),
            signing: { keyFile: './ncp.key.pem', certificateFile: './ncp.pem' },
            receivers: { unknown: 'refuse', known: [{ name: 'Stand-in University', origin: smp.origin }] },
          },
        ],
      }),
    })
    return new ManyPlaces(alone, systems, smp)
  }

  async stop(): Promise<void> {
    await this.alone.stop()
    await this.smp.close()
    await Promise.all(this.systems.map((system) => system.close()))
  }

  /** The student logs in; the first page that is shown while their results are read is on the screen. */
  async logIn() {
    const browser = new PlainBrowser()
    const came = performance.now()
    await browser.open(this.smp.startUrl(`${this.alone.origin}/ncp/all`))
    await browser.press('Continue')
    const begun = performance.now()
    await browser.press(studentName)
    return { begun, waitedForLoginMs: begun - came, browser, transferId: transferOf(browser.page.url) }
  }

  /** Lets the page renew itself until another one is there; gives what each said. */
  async watch(browser: PlainBrowser, heading: string): Promise<string[]> {
    const said: string[] = []
    while (browser.heading === heading) {
      said.push(browser.text)
      await wait(100)
      await browser.open(browser.page.url)
    }
    return said
  }

  get answers() {
    return this.smp.answers.map(({ fields }) => fields)
  }

  /** How many requests came to all systems together. */
  get requests(): number {
    return this.systems.reduce((sum, { requests }) => sum + requests, 0)
  }
}

/** The student as the login for demonstrations knows them. */
export const person = {
  ...{ id: student.id, given: student.given, family: student.family, birthDate: student.birthDate, roles: [] },
  identifiers: [{ scheme: `national:${student.nationalId!.country}`, value: student.nationalId!.value }],
  note: 'Studied everywhere',
}

function resultOf(place: string) {
  const schac = `${place.toLowerCase().replace(' ', '-')}.example`
  const report = {
    issuer: {
      ...{ country: 'NO', url: `https://${schac}/` },
      identifier: [{ type: 'schac', value: schac }],
      title: [{ lang: 'en', value: place }],
    },
    learningOpportunitySpecification: [
      {
        identifier: [{ type: 'local', value: 'COURSE-1' }],
        title: [{ lang: 'en', value: `A course of ${place}` }],
        type: 'Course',
        instance: { date: '2024-01-10', status: 'passed', resultLabel: 'B', credit: [{ scheme: 'ects', value: '5' }] },
      },
    ],
    issueDate: '2026-01-01T00:00:00Z',
  }
  const learner = { givenNames: student.given, familyName: student.family, bday: student.birthDate }
  const body = {
    ...{ elmo: '1.7.0', namespace: 'https://github.com/emrex-eu/elmo-schemas/tree/v1' },
    ...{ generatedDate: '2026-01-01T00:00:00Z', learner, reports: [report], notices: [] },
  }
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
