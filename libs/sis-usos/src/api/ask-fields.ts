import { SisError, type SisContext } from '@emrex-gateway/core'
import type { ZodType } from 'zod'
import type { Caller, UsosApi } from './usos-api.js'

/** A question with a selector. Older installations do not know every field; `sure` is what all of them know. */
export interface FieldsQuestion<Answer> {
  readonly method: string
  readonly parameters: Readonly<Record<string, string>>
  readonly caller: Caller
  readonly fields: string
  readonly sure?: string
  readonly shape: ZodType<Answer>
}

const refusedSeconds = 24 * 3600

/** Asks for all fields, and where one of them is refused, for the sure ones: then at once for a day. @throws {SisError} */
export async function askFields<Answer>(
  api: UsosApi,
  { method, parameters, caller, fields, sure, shape }: FieldsQuestion<Answer>,
  context: Pick<SisContext, 'signal'>,
): Promise<Answer> {
  const ask = (selector: string) => api.call(method, { ...parameters, fields: selector }, caller, shape, context)
  const refused = `refused ${method} ${fields}`
  if (sure === undefined || api.knows(refused)) return ask(sure ?? fields)
  try {
    return await ask(fields)
  } catch (error) {
    if (!(error instanceof SisError) || error.info.upstreamCode !== 'field_invalid') throw error
    api.note(refused, refusedSeconds)
    return ask(sure)
  }
}
