import { form, type BadRequest } from './bad-request.js'
import type { Scene } from './scene.js'

type Send = Pick<RequestInit, 'body' | 'headers'>

const multipart = (fields: Readonly<Record<string, string>>): Send => {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  return { body }
}

/** Bodies that are no form, for a route that takes these fields: the same on every route. */
export function badForms(
  route: string,
  url: (scene: Scene) => string,
  fields: Readonly<Record<string, string>>,
): readonly BadRequest[] {
  const good = new URLSearchParams(fields).toString()
  const bad = (name: string, send: Send): BadRequest => ({
    name: `${route}: ${name}`,
    status: 400,
    code: 'REQUEST_MALFORMED',
    request: (scene) => ({ url: url(scene), ...send }),
  })
  return [
    bad('JSON', { body: JSON.stringify(fields), headers: { 'content-type': 'application/json' } }),
    bad('multipart', multipart(fields)),
    bad('plain text', { body: good, headers: { 'content-type': 'text/plain' } }),
    bad('no content type', { body: new Uint8Array(Buffer.from(good)) }),
    bad('a form that is called compressed', {
      ...form(good),
      headers: { ...form('').headers, 'content-encoding': 'gzip' },
    }),
    bad('a field twice', form(`${good}&${good.split('&')[0]}`)),
    bad('bytes that are not UTF-8', form(`${good}&other=%FF%FE`)),
    bad('10,001 fields', form(`${good}&${Array.from({ length: 10_000 }, (_, index) => `f${index}`).join('&')}`)),
  ]
}
