import { createHash } from 'node:crypto'
import type { StudyResult } from '../../../population/index.js'
import type { SisReply } from '../start-sis-server.js'

const known = new Map<string, string>()

/** A key of Ladok: the same on every run, telling nothing. */
export function uidOf(...parts: readonly string[]): string {
  const name = parts.join('\n')
  const uid = known.get(name) ?? hashed(name)
  known.set(name, uid)
  return uid
}

function hashed(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Names in one of the two shapes that Ladok uses, by whatever the key falls to. */
export function namesOf({ key, title, titleEnglish }: Pick<StudyResult, 'key' | 'title' | 'titleEnglish'>): object {
  const english = titleEnglish === undefined ? [] : [['en', titleEnglish] as const]
  const names = [['sv', title] as const, ...english]
  return key.length % 2 === 0
    ? { Benamning: names.map(([Sprakkod, Text]) => ({ Sprakkod, Text, link: [] })) }
    : Object.fromEntries(names)
}

export const mediaTypeOf = (service: string): string => `application/vnd.ladok-${service}+json`

/** What goes wrong, as Ladok tells it. The message may hold anything, as the real one may. */
export function ladokException(
  status: number,
  group: string,
  { category = 'valideringsfel', message = '' }: { readonly category?: string; readonly message?: string } = {},
): SisReply {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      FelUID: uidOf('error', group),
      Felkategori: `commons.fel.kategori.${category}`,
      FelkategoriText: 'Fel',
      Felgrupp: `commons.fel.grupp.${group}`,
      FelgruppText: 'Fel',
      Detaljkod: 'studentinformation.domain.student',
      DetaljkodText: 'Student',
      Meddelande: message,
      FelkallaAttributID: null,
      FelkallaObjektID: null,
      link: [],
    }),
  }
}

/** The same in XML, which some of its services answer whatever they were asked for. */
export function ladokExceptionInXml(status: number, group: string, message: string): SisReply {
  const body = `<?xml version="1.0" encoding="UTF-8"?><b:LadokException xmlns:b="http://schemas.ladok.se"><b:FelUID>${uidOf('error', group)}</b:FelUID><b:Felkategori>commons.fel.kategori.applikationsfel</b:Felkategori><b:Felgrupp>commons.fel.grupp.${group}</b:Felgrupp><b:Meddelande>${message}</b:Meddelande></b:LadokException>`
  return { status, headers: { 'content-type': 'application/vnd.ladok+xml' }, body }
}
