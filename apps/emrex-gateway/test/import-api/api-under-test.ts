import { randomBytes } from 'node:crypto'
import type { GatewayOverrides } from '@emrex-gateway/gateway'
import { packElmo, signElmo, writeElmo, type Elmo } from '@emrex-gateway/elmo'
import { apiScopes, newApiKey, type OpenImportApi } from '@emrex-gateway/smp'
import {
  makeThrowawaySigner,
  PlainBrowser,
  startStandInMailServer,
  startStandInNcp,
  until,
  type StandInMailServer,
  type StandInNcp,
  type ThrowawaySigner,
} from '@emrex-gateway/testing'
import { students } from '@emrex-gateway/town'
import { GatewayAlone } from '../gateway-alone.js'
import { EventReceiver } from './event-receiver.js'
import { schemaFlaws } from './schema-flaws.js'

/** An SMP without logins, and one whose applicants log in. */
export type ApiEntry = 'jobs' | 'admission'

export const keyNames = ['full', 'reader', 'writer', 'stranger'] as const
export type KeyName = (typeof keyNames)[number]

const coast = 'University of the Coast'
const ingrid = students.find(({ id }) => id === 'ingrid')!
/** Who the applicant is, as the asking system knows her. */
export const applicant = { givenNames: ingrid.given, familyName: ingrid.family, birthDate: ingrid.birthDate! }
export const email = 'ingrid.canary@mail.example'

export interface Answered {
  readonly status: number
  readonly headers: Headers
  // What a test reads out of a body it says by itself.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any
}

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Record<string, { readonly schema: object }> }>>
}

/** A gateway that serves other systems, a stand-in NCP, receivers of events and a mail server; every answer is held to the OpenAPI document. */
export class ApiUnderTest {
  readonly receiver = new EventReceiver(() => this.alone.now())
  readonly second = new EventReceiver(() => this.alone.now())
  readonly keys = {} as Record<KeyName, string>
  alone!: GatewayAlone
  ncp!: StandInNcp
  mail!: StandInMailServer
  private signer!: ThrowawaySigner
  private document!: { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }

  static async start(
    overrides: GatewayOverrides = {},
    database?: { readonly url: string },
    limits?: Readonly<Record<string, number>>,
    timeoutSeconds = 1,
  ): Promise<ApiUnderTest> {
    const under = new ApiUnderTest()
    under.signer = await makeThrowawaySigner({ commonName: 'Coast NCP' })
    under.ncp = await startStandInNcp({ host: '127.0.0.1', signer: under.signer, mode: 'cancel' })
    under.mail = await startStandInMailServer()
    await Promise.all([under.receiver.start(), under.second.start()])
    const keyOf = (id: KeyName, scopes: readonly string[]) => {
      const { key, hash } = newApiKey(id, randomBytes)
      under.keys[id] = key
      return { id, hash, scopes }
    }
    const keys = [
      keyOf('full', apiScopes),
      keyOf('reader', ['requests:read']),
      keyOf('writer', ['requests:write', 'requests:delete']),
    ]
    const strangers = [keyOf('stranger', apiScopes)]
    const purpose = (id: string, fields: unknown, retentionDays: number) => ({
      ...{ id, fields, retentionDays, title: { en: `The purpose ${id}` }, legalBasis: { en: 'Your consent' } },
    })
    const hook = (id: string, receiver: EventReceiver) => ({
      ...{ id, url: receiver.url, secretFile: './webhook.secret', timeoutSeconds },
    })
    const api = {
      purposes: [
        purpose('degree', 'proof-of-degree', 30),
        purpose('credits', 'credits-total', 10),
        purpose('whole', 'whole-transcript', 60),
      ],
      clients: [
        {
          ...{ id: 'hr', name: 'Jobs Example', keys, purposes: ['degree', 'credits', 'whole'] },
          webhooks: [hook('main', under.receiver), hook('second', under.second)],
        },
        { id: 'other', name: 'Somebody Else', keys: strangers, purposes: ['degree'] },
      ],
      reminderDays: [7, 1],
    }
    under.alone = await GatewayAlone.start({
      host: 'localhost',
      universities: [],
      overrides,
      files: { 'webhook.secret': `whsec_${under.receiver.secret.toString('base64')}` },
      role: (origin) => ({
        ...(database === undefined ? {} : { database }),
        ...(limits === undefined ? {} : { operations: { limits } }),
        mail: { host: '127.0.0.1', port: under.mail.port, secure: 'none', from: 'results@gateway.example' },
        registries: [
          {
            ...{ id: 'by-hand', kind: 'static' },
            entries: [
              {
                ...{ name: coast, countryCode: 'NO', institutions: [coast], url: under.ncp.url },
                certificates: [under.signer.certificate],
              },
            ],
          },
        ],
        smp: (['jobs', 'admission'] as const).map((id) => ({
          ...{ id, title: 'Results Service', publicUrl: origin, logins: id === 'jobs' ? [] : ['people'], api },
        })),
      }),
    })
    under.document = (await (await fetch(under.address('/openapi.json'))).json()) as ApiUnderTest['document']
    return under
  }

  async stop(): Promise<void> {
    await this.alone.stop()
    await Promise.all([this.ncp.close(), this.mail.close(), this.receiver.goDown(), this.second.goDown()])
  }

  address(path: string, entry: ApiEntry = 'jobs'): string {
    return `${this.alone.origin}/smp/${entry}/api${path}`
  }

  api(entry: ApiEntry = 'jobs'): OpenImportApi {
    return this.alone.gateway.smps.find(({ flow }) => flow.entry.id === entry)!.api!
  }

  /** Calls the API; an answer that its document does not describe is an error. */
  async call(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    options: {
      readonly key?: KeyName | 'none'
      readonly authorization?: string
      readonly body?: unknown
      readonly headers?: Readonly<Record<string, string>>
      readonly entry?: ApiEntry
    } = {},
  ): Promise<Answered> {
    const { key = 'full', body, headers = {}, entry = 'jobs' } = options
    const authorization = options.authorization ?? (key === 'none' ? undefined : `Bearer ${this.keys[key]}`)
    const response = await fetch(this.address(path, entry), {
      method,
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const json: unknown = text === '' ? undefined : JSON.parse(text)
    this.holdToDocument(method, path, response, json)
    return { status: response.status, headers: response.headers, json }
  }

  async create(order: object = {}, entry: ApiEntry = 'jobs'): Promise<{ id: string; link: string }> {
    const { status, json } = await this.call('POST', '/requests', {
      body: { purpose: 'degree', applicant, ...order },
      entry,
    })
    if (status !== 201) throw new Error(`not made: ${JSON.stringify(json)}`)
    return { id: json.request.id, link: json.link.url }
  }

  /** The applicant opens the link, goes to the NCP and comes back with this document: the page where they decide. */
  async walk(link: string, elmo: Elmo = this.elmo(), browser = new PlainBrowser()): Promise<PlainBrowser> {
    await this.goAbroad(link, browser)
    await this.answer(browser, elmo)
    return browser
  }

  async goAbroad(link: string, browser = new PlainBrowser()): Promise<PlainBrowser> {
    await browser.open(link)
    await browser.press('Fetch my results')
    if (browser.heading.startsWith('Log in') || browser.text.includes(`${ingrid.given} ${ingrid.family}`))
      await browser.press(ingrid.given)
    await browser.press(`Go to ${coast}`)
    return browser
  }

  async answer(browser: PlainBrowser, elmo: Elmo, entry: ApiEntry = entryOf(this.returnUrl)): Promise<void> {
    const action = `${this.alone.origin}/smp/${entry}/return`
    await browser.submit(
      { ...{ action, method: 'POST', autoSubmit: false }, fields: [], boxes: [], buttons: [] },
      new URLSearchParams(this.fieldsOf(elmo)),
    )
  }

  /** What the NCP that was asked last would send with this document. */
  fieldsOf(elmo: Elmo): Readonly<Record<string, string>> {
    const { sessionId = '' } = this.ncp.received.at(-1)!.fields
    return { sessionId, returnCode: 'NCP_OK', returnMessage: '', elmo: packElmo(this.sign(elmo)) }
  }

  /** Agrees, and waits until the asking system has it. */
  async agree(browser: PlainBrowser): Promise<void> {
    await browser.press('Send this to')
    await browser.renewWhile('Your answer is being sent')
  }

  /** What is told of a request whose end the gateway was told: its own round may be noting it. */
  async over(id: string, entry: ApiEntry = 'jobs'): Promise<Answered['json']> {
    let told: Answered['json']
    await until(async () => {
      await this.api(entry).run()
      told = (await this.call('GET', `/requests/${id}`, { entry })).json
      return !['waiting', 'opened'].includes(told.status)
    })
    return told
  }

  /** A whole request: made, answered, agreed to. */
  async complete(order: object = {}, elmo: Elmo = this.elmo()): Promise<{ id: string; link: string }> {
    const made = await this.create(order)
    await this.agree(await this.walk(made.link, elmo))
    return made
  }

  sign(elmo: Elmo): Uint8Array {
    return signElmo(writeElmo(elmo), this.signer)
  }

  /** A document of the applicant, made now: a degree with two courses, and a diploma that shows a number of hers. */
  elmo(change: Partial<Elmo> = {}): Elmo {
    const generatedDate = this.alone.now().toISOString()
    return {
      generatedDate,
      learner: {
        ...{ givenNames: ingrid.given, familyName: ingrid.family, bday: ingrid.birthDate! },
        identifier: [{ type: 'nationalIdentifier', value: ingrid.nationalId!.value }],
      },
      reports: [
        {
          issuer: {
            ...{ country: 'NO', url: 'https://coast.example/' },
            identifier: [{ type: 'schac', value: 'coast.example' }],
            title: [
              { value: 'Kystens universitet', lang: 'no' },
              { value: 'University of the Coast', lang: 'en' },
            ],
          },
          learningOpportunitySpecification: [
            {
              identifier: [{ type: 'local', value: 'MAR-M' }],
              title: [{ value: 'Master of Marine Biology', lang: 'en' }],
              type: 'Degree Programme',
              instance: {
                ...{ date: '2019-06-30', status: 'passed', resultLabel: 'Laudatur-canary' },
                credit: [{ scheme: 'ects', value: '120' }],
                level: [{ type: 'EQF', value: '7' }],
              },
              parts: [
                {
                  identifier: [{ type: 'local', value: 'BIO201' }],
                  title: [{ value: 'Marine Biology', lang: 'en' }],
                  type: 'Course',
                  instance: {
                    ...{ date: '2018-01-20', status: 'passed', resultLabel: 'B' },
                    credit: [{ scheme: 'ects', value: '7.5' }],
                  },
                },
              ],
            },
          ],
          issueDate: generatedDate,
          attachment: [
            {
              title: [{ value: 'Diploma', lang: 'en' }],
              type: 'Diploma',
              content: [
                { value: `data:application/pdf;base64,${diplomaOf(ingrid.nationalId!.value).toString('base64')}` },
              ],
            },
          ],
        },
      ],
      ...change,
    }
  }

  private get returnUrl(): string {
    return this.ncp.received.at(-1)!.fields['returnUrl'] ?? ''
  }

  private holdToDocument(method: string, path: string, response: Response, json: unknown): void {
    const template = Object.keys(this.document.paths).find((known) =>
      new RegExp(`^${known.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path),
    )
    const operation = template === undefined ? undefined : this.document.paths[template]?.[method.toLowerCase()]
    if (operation === undefined) return
    const described = operation.responses[response.status]
    if (described === undefined) throw new Error(`${method} ${template}: ${response.status} is not described`)
    const type = response.headers.get('content-type')?.split(';')[0] ?? ''
    if (described.content === undefined) {
      if (json !== undefined) throw new Error(`${method} ${template}: a body that is not described`)
      return
    }
    const content = described.content[type]
    if (content === undefined) throw new Error(`${method} ${template}: ${type} is not described`)
    const flaws = schemaFlaws(this.document, content.schema as never, json)
    if (flaws.length > 0) throw new Error(`${method} ${template} ${response.status}: ${flaws.join('; ')}`)
  }
}

/** A diploma on which the number of a population register is printed, as many are; not one to look at. */
const diplomaOf = (number: string): Buffer => Buffer.from(`%PDF-1.4\nDiploma of ${number}\n%%EOF\n`)
/** That number, and the diploma as it stands in the document. */
export const numberCanaries = [
  ingrid.nationalId!.value,
  diplomaOf(ingrid.nationalId!.value).toString('base64').slice(0, 40),
]

const entryOf = (returnUrl: string): ApiEntry => (returnUrl.includes('/smp/admission/') ? 'admission' : 'jobs')
