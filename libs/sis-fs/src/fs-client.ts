import { readFileSync } from 'node:fs'
import { askJson, politeFetch, SisError, type PluginHost, type SisContext } from '@emrex-gateway/core'
import type { z } from 'zod'
import { errorOfAnswer } from './error-of-answer.js'
import type { FsSettings } from './fs-settings.js'

/** Asks FS as the user of one institution. Numbers of people go in the body alone. */
export interface FsClient {
  readonly settings: FsSettings
  /** Id of the connection, for errors. */
  readonly connection: string
  /**
   * The `data` of an answer without errors, in the shape that was asked for.
   * @throws {SisError}
   */
  ask<Shape extends z.ZodType>(
    query: string,
    variables: Readonly<Record<string, unknown>>,
    shape: Shape,
    context: Pick<SisContext, 'signal'>,
  ): Promise<z.output<Shape>>
}

/** Reads the secret; asks nobody. @throws {Error} in plain words, when the settings cannot be. */
export function createFsClient(settings: FsSettings, host: PluginHost, connection: string): FsClient {
  const { url, featureFlags, minIntervalMs, maxParallel } = settings
  if (host.environment === 'production' && !url.startsWith('https:'))
    throw new Error('settings.url: must begin with https: in production')
  const headers = {
    ...credentialHeader(settings.auth, (path) => host.resolvePath(path)),
    'content-type': 'application/json',
    ...(featureFlags.length === 0 ? {} : { 'Feature-Flags': featureFlags.join(',') }),
  }
  const caller = { fetch: politeFetch(host.fetch, { minIntervalMs, maxParallel }), connection }
  return {
    settings,
    connection,
    async ask(query, variables, shape, context) {
      const body = JSON.stringify({ query, variables })
      // Some servers answer a query that they cannot understand with 400, and say why in the usual form.
      const { status, json } = await askJson(caller, { url, method: 'POST', headers, body, reads: [400] }, context)
      const error = errorOfAnswer(json, connection, status)
      if (error !== undefined) throw error
      const answer = shape.safeParse((json as { data: unknown }).data)
      if (answer.success) return answer.data
      // Where it was not as expected; what stood there stays unsaid.
      const place = answer.error.issues[0]?.path.filter((step) => typeof step === 'string').join('.') ?? ''
      throw new SisError('bad-data', `the answer of FS was not understood at ${place}`, { connection, status })
    },
  }
}

function credentialHeader(auth: FsSettings['auth'], resolvePath: (path: string) => string): Record<string, string> {
  const secret = (setting: string, path: string): string => {
    let text: string
    try {
      text = readFileSync(resolvePath(path), 'utf8').trim()
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
      throw new Error(`settings.auth.${setting}: cannot read "${path}" (${code})`)
    }
    if (text === '' || /[\r\n]/.test(text)) throw new Error(`settings.auth.${setting}: "${path}" must hold one line`)
    return text
  }
  switch (auth.kind) {
    case 'basic': {
      const pair = `${auth.user}:${secret('passwordFile', auth.passwordFile)}`
      return { authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` }
    }
    case 'header':
      return { [auth.name]: secret('keyFile', auth.keyFile) }
    case 'bearer':
      return { authorization: `Bearer ${secret('tokenFile', auth.tokenFile)}` }
  }
}
