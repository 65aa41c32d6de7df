import type { SisErrorKind } from '@emrex-gateway/core'

/** What is safe to keep of a LadokException: codes, and the number to quote to Ladok's support. Never `Meddelande`. */
export interface LadokException {
  readonly uid?: string
  readonly category?: string
  readonly group?: string
  readonly detail?: string
}

const code = /^[\w.-]{1,120}$/
const number = /^[0-9a-fA-F-]{36}$/

/** Reads a LadokException in JSON or XML; undefined for any other body. */
export function readLadokException(body: string): LadokException | undefined {
  const fields = /^\s*\{/.test(body) ? fieldsOfJson(body) : fieldsOfXml(body)
  const field = (name: string, form: RegExp) => {
    const value = fields(name)
    return value !== undefined && form.test(value) ? value : undefined
  }
  const [uid, category] = [field('FelUID', number), field('Felkategori', code)]
  const [group, detail] = [field('Felgrupp', code), field('Detaljkod', code)]
  if (uid === undefined && category === undefined && group === undefined) return undefined
  return {
    ...(uid === undefined ? {} : { uid }),
    ...(category === undefined ? {} : { category }),
    ...(group === undefined ? {} : { group }),
    ...(detail === undefined ? {} : { detail }),
  }
}

/**
 * What a refusal of Ladok means, where that is not what its status usually means. Ladok says that an object is missing by
 * 404 or as "a value that must be there is missing"; what is missing depends on what was asked for.
 */
export function judgeLadokError(
  status: number,
  body: string,
  missing: SisErrorKind,
): { readonly kind: SisErrorKind; readonly code?: string } | undefined {
  const exception = readLadokException(body)
  const upstream = exception?.group ?? exception?.category
  const as = (kind: SisErrorKind) => ({ kind, ...(upstream === undefined ? {} : { code: upstream }) })
  if (exception?.group?.endsWith('.obligatoriskt_varde_saknas') === true && status < 500) return as(missing)
  // A page of a proxy is no statement about a person.
  if (status === 404) return exception !== undefined || body.trim() === '' ? as(missing) : { kind: 'bad-data' }
  if (status === 401) return as('credential')
  if (status === 403) return as('forbidden')
  if (status === 429) return as('rate-limited')
  if (status >= 500) return as('unavailable')
  return exception === undefined ? undefined : as('bad-data')
}

function fieldsOfJson(body: string): (name: string) => string | undefined {
  let parsed: Record<string, unknown> = {}
  try {
    parsed = JSON.parse(body) as Record<string, unknown>
  } catch {
    // Not JSON after all: it has no fields.
  }
  return (name) => (typeof parsed[name] === 'string' ? parsed[name] : undefined)
}

const fieldsOfXml =
  (body: string) =>
  (name: string): string | undefined =>
    new RegExp(`<(?:\\w+:)?${name}>([^<]{1,200})<`).exec(body)?.[1]?.trim()
