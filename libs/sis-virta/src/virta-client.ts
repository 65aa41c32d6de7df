import { Client, WSDL, type IHttpClient } from 'soap'
import { askSystem, SisError, type SisContext, type SystemCaller } from '@emrex-gateway/core'
import { faultCodeOf, kindOfFault, sisErrorOfFault } from './sis-error-of-fault.js'
import { virtaWsdl } from './virta-wsdl.js'

/** `Kutsuja`: who we are. */
export interface VirtaCaller {
  readonly jarjestelma: string
  readonly tunnus: string
  readonly avain: string
}

/** `Hakuehdot`: whom it is about. */
export type VirtaSearch = { readonly henkilotunnus: string } | { readonly kansallinenOppijanumero: string }

/** What stands in the answer of each operation. */
const contents = { OpiskelijanKaikkiTiedot: 'Virta', Opintosuoritukset: 'Opintosuoritukset' } as const

/** Asks VIRTA. One question at a time goes through a SOAP client of its own: those keep what was asked last. */
export class VirtaClient {
  readonly #system: SystemCaller
  readonly #url: string
  readonly #caller: VirtaCaller
  readonly #wsdl: Promise<WSDL>

  constructor(system: SystemCaller, url: string, caller: VirtaCaller) {
    this.#system = system
    this.#url = url
    this.#caller = caller
    this.#wsdl = parsedWsdl()
  }

  get connection(): string {
    return this.#system.connection
  }

  /**
   * The content of the answer; undefined where VIRTA knows nothing about the person.
   * @throws {SisError} Faults by the class of their code; `bad-data` for a document type or another answer than the one
   * that belongs to the question.
   */
  async ask(
    operation: keyof typeof contents,
    search: VirtaSearch,
    context: Pick<SisContext, 'signal'>,
  ): Promise<unknown> {
    const wsdl = await this.#wsdl
    let status = 0
    const httpClient = this.#httpClient(wsdl, context, (seen) => (status = seen))
    const client = new Client(wsdl, this.#url, { httpClient })
    const method = client[`${operation}Async`] as (question: object) => Promise<[unknown]>
    let result: unknown
    try {
      ;[result] = await method({ Kutsuja: this.#caller, Hakuehdot: search })
    } catch (error) {
      // The library's own errors carry the whole answer.
      if (error instanceof SisError) throw error
      const code = faultCodeOf(error)
      throw code === undefined ? this.#badData(status) : sisErrorOfFault(code, this.connection, status)
    }
    // The library takes a message without a body, or without anything, for an answer too.
    if (result === null) return undefined
    const name = contents[operation]
    const names = typeof result === 'object' ? Object.keys(result as object) : []
    if (!names.includes(name) || names.some((each) => each !== name && each !== 'attributes'))
      throw this.#badData(status)
    return (result as Record<string, unknown>)[name] ?? undefined
  }

  /** What the SOAP library sends its messages with: our `fetch`, and no other way out. */
  #httpClient(wsdl: WSDL, context: Pick<SisContext, 'signal'>, seen: (status: number) => void): IHttpClient {
    const post = async (url: string, body: string, headers: Record<string, string>) => {
      const judge = (_status: number, refusal: string) => {
        const code = mayBeRead(refusal) ? faultCodeIn(wsdl, refusal) : undefined
        return code === undefined ? undefined : { kind: kindOfFault(code), ...(code === '' ? {} : { code }) }
      }
      const answer = await askSystem(this.#system, { url, method: 'POST', headers, body, judge }, context)
      seen(answer.status)
      if (!mayBeRead(answer.body)) throw this.#badData(answer.status)
      return answer
    }
    const request = (
      url: string,
      data: string,
      callback: (error: unknown, response?: unknown, body?: string) => void,
      headers: Record<string, string> = {},
    ) => {
      post(url, data, headers)
        .then((answer) => callback(null, { status: answer.status, headers: {} }, answer.body))
        .catch((error: unknown) => callback(error))
    }
    return { request } as unknown as IHttpClient
  }

  #badData(status: number): SisError {
    return new SisError('bad-data', 'the answer of VIRTA was not understood', { connection: this.connection, status })
  }
}

/** A SOAP message has no document type, and so no entities of its own. Spec: SOAP 1.1 §3. */
const mayBeRead = (xml: string) => !/<!(DOCTYPE|ENTITY)/i.test(xml)

function faultCodeIn(wsdl: WSDL, body: string): string | undefined {
  try {
    wsdl.xmlToObject(body)
  } catch (error) {
    return faultCodeOf(error)
  }
  return undefined
}

let parsed: Promise<WSDL> | undefined
const parsedWsdl = (): Promise<WSDL> =>
  (parsed ??= new Promise((resolve, reject) => {
    const wsdl = new WSDL(virtaWsdl, 'virta.wsdl', {})
    wsdl.onReady((error: Error | null) => (error === null || error === undefined ? resolve(wsdl) : reject(error)))
  }))
