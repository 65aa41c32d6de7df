import {
  askJson,
  politeFetch,
  RememberedAnswers,
  SisError,
  type PluginHost,
  type SisContext,
  type SisErrorKind,
} from '@emrex-gateway/core'
import type { z } from 'zod'
import { judgeLadokError, readLadokException } from './judge-ladok-error.js'
import type { LadokSettings } from './ladok-settings.js'
import type { LoadedCertificate } from './load-certificate.js'

/** Ladok's services: the first part of a path, and the name in the media type of its answers. */
export type LadokService =
  'studentinformation' | 'resultat' | 'studiedeltagande' | 'utbildningsinformation' | 'kataloginformation' | 'examen'

const daySeconds = 86_400
const dayMs = daySeconds * 1000

/**
 * Ladok's REST interface for one university. Asks once, at the pace of the settings, with the client certificate, and reads
 * what it needs of the answer. Catalogue data is remembered for a day, nothing about a person ever.
 *
 * Spec: Ladok REST (restdoc of each service); public clients go_ladok, ati-ladok3-rest-client.
 */
export class LadokApi {
  readonly #fetch: typeof fetch
  readonly #remembered: RememberedAnswers

  constructor(
    readonly connection: string,
    readonly settings: LadokSettings,
    private readonly certificate: LoadedCertificate,
    private readonly host: PluginHost,
  ) {
    this.#fetch = politeFetch(host.fetchAs(certificate.client), settings)
    this.#remembered = new RememberedAnswers(() => host.now())
  }

  now(): Date {
    return this.host.now()
  }

  /** Whole days until the client certificate ends, rounded down; negative once it has ended. */
  daysLeft(): number {
    return Math.floor((this.certificate.endsAt.getTime() - this.now().getTime()) / dayMs)
  }

  /**
   * Asks about a person. `path` is below the service, each part encoded. Nobody is an error of kind `unknown-person`.
   * @throws {SisError}
   */
  ofPerson<Shape extends z.ZodType>(
    service: LadokService,
    path: string,
    shape: Shape,
    context: SisContext,
  ): Promise<z.output<Shape>> {
    return this.#ask(service, path, shape, context, 'unknown-person')
  }

  /** Asks the catalogue; the answer is remembered for a day. What is missing there is `bad-data`. @throws {SisError} */
  ofCatalogue<Shape extends z.ZodType>(
    service: LadokService,
    path: string,
    shape: Shape,
    context: SisContext,
  ): Promise<z.output<Shape>> {
    return this.#remembered.through(`${service}/${path}`, daySeconds, () =>
      this.#ask(service, path, shape, context, 'bad-data'),
    )
  }

  /** Asks about ourselves, such as our rights; not remembered. @throws {SisError} */
  ofUs<Shape extends z.ZodType>(
    service: LadokService,
    path: string,
    shape: Shape,
    context: SisContext,
  ): Promise<z.output<Shape>> {
    return this.#ask(service, path, shape, context, 'bad-data')
  }

  async #ask<Shape extends z.ZodType>(
    service: LadokService,
    path: string,
    shape: Shape,
    context: SisContext,
    missing: SisErrorKind,
  ): Promise<z.output<Shape>> {
    const info = { connection: this.connection }
    if (this.certificate.endsAt <= this.now())
      throw new SisError('credential', `our certificate ended on ${day(this.certificate.endsAt)}`, info)
    const { json } = await askJson(
      { fetch: this.#fetch, connection: this.connection },
      {
        url: `${this.settings.baseUrl.replace(/\/$/, '')}/${service}/${path}`,
        headers: { accept: `application/vnd.ladok-${service}+json` },
        judge: (status, body) => {
          this.#log(service, status, body)
          return judgeLadokError(status, body, missing)
        },
      },
      context,
    )
    if (isException(json)) {
      const body = JSON.stringify(json)
      this.#log(service, 200, body)
      const { kind = 'bad-data', code } = judgeLadokError(400, body, missing) ?? {}
      throw new SisError(kind, 'the system answered with an error', {
        ...info,
        ...(code === undefined ? {} : { upstreamCode: code }),
      })
    }
    const parsed = shape.safeParse(json)
    if (parsed.success) return parsed.data
    // Where it went wrong, never what stood there.
    const at = parsed.error.issues[0]?.path.filter((part) => typeof part === 'string').join('.') ?? ''
    throw new SisError('bad-data', `the answer of ${service} was not understood${at === '' ? '' : ` at ${at}`}`, info)
  }

  /** For Ladok's support: its number of the error, and codes. `Meddelande` may name people. */
  #log(service: LadokService, status: number, body: string): void {
    const exception = readLadokException(body)
    if (exception !== undefined)
      this.host.log.warn('ladok.refused', { connection: this.connection, service, status, ...exception })
  }
}

const isException = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'FelUID' in json && 'Felkategori' in json

const day = (date: Date): string => date.toISOString().slice(0, 10)
