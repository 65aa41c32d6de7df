import { judgeLadokError, readLadokException } from './judge-ladok-error.js'

const uid = 'd3c4a1f0-7a7d-4f7f-9a7e-3d7a6f0c1b2a'
const inJson = (group: string, more: object = {}) =>
  JSON.stringify({
    FelUID: uid,
    Felkategori: 'commons.fel.kategori.valideringsfel',
    Felgrupp: `commons.fel.grupp.${group}`,
    Detaljkod: 'studentinformation.domain.student',
    Meddelande: 'Studenten 19121212-1212 finns inte',
    ...more,
  })
const inXml = `<?xml version="1.0"?><b:LadokException xmlns:b="http://schemas.ladok.se">
  <b:FelUID>${uid}</b:FelUID><b:Felkategori>commons.fel.kategori.applikationsfel</b:Felkategori>
  <b:Meddelande>19121212-1212</b:Meddelande></b:LadokException>`

describe('readLadokException', () => {
  it('keeps codes and the number of the error, in JSON and in XML, and never the message', () => {
    expect(readLadokException(inJson('felaktigt_format'))).toEqual({
      uid,
      category: 'commons.fel.kategori.valideringsfel',
      group: 'commons.fel.grupp.felaktigt_format',
      detail: 'studentinformation.domain.student',
    })
    expect(readLadokException(inXml)).toEqual({ uid, category: 'commons.fel.kategori.applikationsfel' })
  })

  it('keeps no code that is not the form of a code, whoever wrote it there', () => {
    const odd = inJson('x', {
      Felgrupp: 'Ada Provnåsen',
      Detaljkod: 'nils@example.org med mera',
      FelUID: '191212121212',
    })
    expect(readLadokException(odd)).toEqual({ category: 'commons.fel.kategori.valideringsfel' })
  })

  it.each(['', '<!doctype html><title>Log in</title>', '{"FelUID":', '{"error":"x"}', '[]', 'null'])(
    'takes %j for no LadokException',
    (body) => {
      expect(readLadokException(body)).toBeUndefined()
    },
  )
})

describe('judgeLadokError', () => {
  const missing = 'unknown-person'
  it.each([
    [400, inJson('obligatoriskt_varde_saknas'), 'unknown-person'],
    [404, inJson('finns_ej'), 'unknown-person'],
    [404, '', 'unknown-person'],
    [404, '<html>not found</html>', 'bad-data'],
    [400, inJson('felaktigt_format'), 'bad-data'],
    [401, inJson('ej_autentiserad'), 'credential'],
    [403, inJson('saknar_behorighet'), 'forbidden'],
    [429, '', 'rate-limited'],
    [500, inXml, 'unavailable'],
    [500, inJson('obligatoriskt_varde_saknas'), 'unavailable'],
    [503, '<html>maintenance</html>', 'unavailable'],
  ])('tells %i %j as it is meant', (status, body, kind) => {
    expect(judgeLadokError(status, body, missing)?.kind).toBe(kind)
  })

  it('gives the code of the group, for operators', () => {
    expect(judgeLadokError(400, inJson('felaktigt_format'), missing)).toEqual({
      kind: 'bad-data',
      code: 'commons.fel.grupp.felaktigt_format',
    })
  })

  it('tells what is missing in the catalogue as what the caller says', () => {
    expect(judgeLadokError(404, inJson('finns_ej'), 'bad-data')?.kind).toBe('bad-data')
  })

  it('leaves a status that Ladok says nothing about to the usual judgement', () => {
    expect(judgeLadokError(406, '', missing)).toBeUndefined()
  })
})
