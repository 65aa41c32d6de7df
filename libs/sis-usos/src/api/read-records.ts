import { SisError, type SisContext } from '@emrex-gateway/core'
import { z, type ZodType } from 'zod'
import { askFields } from './ask-fields.js'
import type { UsosApi } from './usos-api.js'

/** Records that everybody may read, and that are asked for by their ids. */
export interface RecordKind<Item> {
  readonly method: string
  /** The argument that takes the ids. */
  readonly by: string
  readonly fields: string
  readonly sure?: string
  readonly shape: ZodType<Item>
}

/**
 * The records with these ids. Each is asked for once and then remembered; many go into one request. An id that USOS does not
 * know is not in the outcome, and neither is any id where it does not know the question.
 *
 * @throws {SisError}
 */
export async function readRecords<Item>(
  api: UsosApi,
  kind: RecordKind<Item>,
  ids: readonly string[],
  context: Pick<SisContext, 'signal'>,
): Promise<ReadonlyMap<string, Item>> {
  const missing: string[] = []
  let start!: (answers: Promise<ReadonlyMap<string, Item>>) => void
  const answers = new Promise<ReadonlyMap<string, Item>>((resolve) => (start = resolve))
  const seconds = api.settings.referenceHours * 3600
  const found = [...new Set(ids)].map(async (id) => {
    const item = await api.remembered.through(`${kind.method} ${id}`, seconds, async () => {
      missing.push(id)
      return (await answers).get(id)
    })
    return [id, item] as const
  })
  start(askAll(api, kind, missing, context))
  const known = await unlessRefused(Promise.all(found), [])
  const items = new Map<string, Item>()
  for (const [id, item] of known) if (item !== undefined) items.set(id, item)
  return items
}

/**
 * What an installation does not offer is a loss, which the mapping tells as notices, and no failure.
 * @throws {SisError} for anything but a method, an argument or a field that is not known there
 */
export async function unlessRefused<Answer>(answer: Promise<Answer>, otherwise: Answer): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof SisError && [400, 404].includes(error.info.status ?? 0)) return otherwise
    throw error
  }
}

async function askAll<Item>(
  api: UsosApi,
  kind: RecordKind<Item>,
  ids: readonly string[],
  context: Pick<SisContext, 'signal'>,
): Promise<ReadonlyMap<string, Item>> {
  const items = new Map<string, Item>()
  const { batchSize } = api.settings
  for (let at = 0; at < ids.length; at += batchSize) {
    const answer = await askBatch(api, kind, ids.slice(at, at + batchSize), context)
    for (const [id, item] of Object.entries(answer)) if (item !== null) items.set(id, item)
  }
  return items
}

/** Some versions refuse a whole batch because of one id that they do not know; halves of it find which. */
async function askBatch<Item>(
  api: UsosApi,
  kind: RecordKind<Item>,
  ids: readonly string[],
  context: Pick<SisContext, 'signal'>,
): Promise<Readonly<Record<string, Item | null>>> {
  const { method, by, fields, sure, shape } = kind
  const question = {
    ...{ method, fields, caller: 'anonymous' as const, parameters: { [by]: ids.join('|') } },
    ...(sure === undefined ? {} : { sure }),
    shape: z.record(z.string(), shape.nullable()),
  }
  try {
    return await askFields(api, question, context)
  } catch (error) {
    if (!(error instanceof SisError) || error.info.upstreamCode !== 'object_not_found') throw error
    if (ids.length === 1) return {}
    const middle = Math.ceil(ids.length / 2)
    const first = await askBatch(api, kind, ids.slice(0, middle), context)
    return { ...first, ...(await askBatch(api, kind, ids.slice(middle), context)) }
  }
}
