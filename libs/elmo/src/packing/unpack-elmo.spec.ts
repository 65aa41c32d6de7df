import { gzipSync } from 'node:zlib'
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { ElmoError } from '../elmo-error.js'
import { packElmo } from './pack-elmo.js'
import { unpackElmo } from './unpack-elmo.js'

const xml = Buffer.from(`<elmo>${randomBytes(3000).toString('hex')} ÅÄÖ</elmo>`)
const packed = packElmo(xml)
/** Of the kind whose base64 holds both special digits and padding. */
const special = ((): string => {
  for (let i = 0; ; i++) {
    const text = packElmo(Buffer.from(`<elmo>${'é'.repeat(i)}${i * i}${randomBytes(20).toString('hex')}</elmo>`))
    if (text.includes('+') && text.includes('/') && text.endsWith('=')) return text
  }
})()
const specialXml = unpackElmo(special).xml

function refusal(value: string | Uint8Array, limits = {}): string {
  try {
    unpackElmo(value, limits)
  } catch (error) {
    if (error instanceof ElmoError) return error.code
    throw error
  }
  return 'accepted'
}

describe('packElmo', () => {
  it('writes base64 of gzip on one line, which unpackElmo opens without any tolerance', () => {
    expect(packed).toMatch(/^[A-Za-z0-9+/]+=*$/)
    expect(packed.length % 4).toBe(0)
    expect(Buffer.from(packed, 'base64').subarray(0, 3)).toEqual(Buffer.from([0x1f, 0x8b, 8]))
    expect(unpackElmo(packed)).toEqual({ xml, deviations: [] })
  })
})

describe('unpackElmo', () => {
  it.each([
    ['percent-encoded', encodeURIComponent(special)],
    ['base64-url-alphabet', special.replaceAll('+', '-').replaceAll('/', '_')],
    ['base64-plus-as-blank', special.replaceAll('+', ' ')],
    ['base64-padding-missing', special.replace(/=+$/, '')],
    ['base64-white-space', special.replace(/.{76}/g, '$&\r\n')],
    ['base64-white-space', `\n${special} `],
    ['base64-white-space', special.replaceAll('+', '+ ')],
    ['base64-white-space', Buffer.from(`\ufeff${special}\r\n`)],
    ['trailing-bytes', Buffer.concat([Buffer.from(special, 'base64'), Buffer.from('more')]).toString('base64')],
    ['not-gzipped', Buffer.from(specialXml).toString('base64')],
    ['not-base64', Buffer.from(special, 'base64')],
  ])('tolerates %s and says so', (deviation, value) => {
    expect(unpackElmo(value)).toEqual({ xml: specialXml, deviations: [deviation] })
  })

  it.each([
    ['text', xml.toString()],
    ['bytes', xml],
    ['text with a mark and blanks before it', `\ufeff \n${xml.toString()}`],
  ])('takes the XML itself as %s', (_name, value) => {
    const { xml: opened, deviations } = unpackElmo(value)
    expect(Buffer.from(opened).toString()).toContain(xml.toString())
    expect(deviations).toEqual(['not-base64', 'not-gzipped'])
  })

  it('takes bare XML with a blank for a plus apart from wrapped bare XML', () => {
    const text = Buffer.from('<a>~~~ÿÿÿ>>></a>').toString('base64')
    expect(text).toContain('+')
    const xmlOf = (value: string): string => Buffer.from(unpackElmo(value).xml).toString()
    expect(xmlOf(text.replaceAll('+', ' '))).toBe('<a>~~~ÿÿÿ>>></a>')
    expect(xmlOf(`${text.slice(0, 8)} ${text.slice(8)}`)).toBe('<a>~~~ÿÿÿ>>></a>')
  })

  it('opens or refuses a run of a million blanks as fast as any other text', () => {
    const blanks = ' '.repeat(1_000_000)
    const wrapped = `${packed.slice(0, 8)}${blanks}\r\n${blanks}\t${packed.slice(8)}`
    expect(unpackElmo(wrapped)).toEqual({ xml, deviations: ['base64-white-space'] })
    expect(refusal(`QUFB${blanks}QUFB`)).toBe('ELMO_PACKING')
  })

  // Packings are opened in pieces of a million characters: none may end where it must not.
  const long = Buffer.from(`<elmo>å${randomBytes(1_200_000).toString('base64')}</elmo>`)
  const longPacked = packElmo(long)
  it.each([
    ['no deviation', longPacked, []],
    ['line breaks', longPacked.replace(/.{7}/g, '$&\r\n'), ['base64-white-space']],
    ['blanks around line breaks', longPacked.replace(/.{3}/g, '$&     \n     '), ['base64-white-space']],
    ['a blank for each plus sign', longPacked.replaceAll('+', ' '), ['base64-plus-as-blank']],
    [
      'that, and blanks around line breaks',
      longPacked
        .slice(0, 8_000)
        .replace(/[^+]{3}(?=[^+])/g, `$&${' '.repeat(300)}\n${' '.repeat(300)}`)
        .replaceAll('+', ' ') + longPacked.slice(8_000).replaceAll('+', ' '),
      ['base64-white-space', 'base64-plus-as-blank'],
    ],
    ['blanks anywhere', longPacked.replaceAll('+', '+ '), ['base64-white-space']],
    ['the URL alphabet', longPacked.replaceAll('+', '-').replaceAll('/', '_'), ['base64-url-alphabet']],
    [
      'percent-encoding',
      longPacked.replace(/./g, (digit) => `%${digit.charCodeAt(0).toString(16)}`),
      ['percent-encoded'],
    ],
    [
      'percent-encoding of characters of several bytes',
      encodeURIComponent(`<elmo>${'åä漢😀'.repeat(80_000)}</elmo>`),
      ['percent-encoded', 'not-base64', 'not-gzipped'],
    ],
  ])('opens a long answer with %s', (what, value, deviations) => {
    const opened = unpackElmo(value, { maxBytes: 10_000_000 })
    expect(opened.deviations).toEqual(deviations)
    const expected = what.includes('several') ? Buffer.from(`<elmo>${'åä漢😀'.repeat(80_000)}</elmo>`) : long
    expect(Buffer.compare(opened.xml, expected)).toBe(0)
  })

  it.each([100, 1_048_575, 1_048_576, 1_048_577, 1_500_000])('refuses a foreign character at %i', (at) => {
    expect(refusal(`${longPacked.slice(0, at)}!${longPacked.slice(at)}`)).toBe('ELMO_PACKING')
    expect(refusal(`${longPacked.slice(0, at)}=${longPacked.slice(at)}`)).toBe('ELMO_PACKING')
  })

  it('reads the first of several gzip members, and names the rest as trailing', () => {
    const two = Buffer.concat([gzipSync('<first/>'), gzipSync('<second/>')])
    const { xml: opened, deviations } = unpackElmo(two.toString('base64'))
    expect(Buffer.from(opened).toString()).toBe('<first/>')
    expect(deviations).toEqual(['trailing-bytes'])
  })

  it('takes every optional field of a gzip header', () => {
    const plain = gzipSync('<a/>')
    const fields = Buffer.concat([
      Buffer.from([2, 0, 1, 2]),
      Buffer.from('name\0'),
      Buffer.from('comment\0'),
      Buffer.from([0, 0]),
    ])
    const header = Buffer.from(plain.subarray(0, 10))
    header[3] = 0x1e
    expect(Buffer.from(unpackElmo(Buffer.concat([header, fields, plain.subarray(10)])).xml).toString()).toBe('<a/>')
  })

  it.each([
    ['nothing', ''],
    ['words', 'no document at all!'],
    ['base64 of something else', Buffer.from('hello, world').toString('base64')],
    ['an impossible length', 'PGEvP'],
    ['padding in the middle', 'PGEvPg==PGEvPg=='],
    ['too much padding', 'PGEvPg==='],
    ['gzip that is cut off', Buffer.from(packed, 'base64').subarray(0, -20)],
    ['gzip without its checksum', Buffer.from(packed, 'base64').subarray(0, -4)],
    ['a gzip header alone', Buffer.from([0x1f, 0x8b])],
    ['damaged percent-encoding', '%E4%E4'],
    ['base64 percent-encoded twice', encodeURIComponent(encodeURIComponent(special))],
  ])('refuses %s as packing', (_name, value) => {
    expect(refusal(value)).toBe('ELMO_PACKING')
  })

  it('says that an answer is in UTF-16, as some shells write what is piped into a file', () => {
    for (const text of [special, '<elmo/>']) {
      const little = Buffer.from(`\ufeff${text}`, 'utf16le')
      for (const bytes of [little, Buffer.from(little).swap16()]) expect(() => unpackElmo(bytes)).toThrow(/UTF-16/)
    }
  })

  it('refuses gzip whose checksum or length differs', () => {
    for (const fromEnd of [8, 4]) {
      const gzip = Buffer.from(packed, 'base64')
      gzip.writeUInt32LE((gzip.readUInt32LE(gzip.length - fromEnd) ^ 1) >>> 0, gzip.length - fromEnd)
      expect(refusal(gzip)).toBe('ELMO_PACKING')
    }
  })

  it('refuses a bomb of 1000:1 before it is inflated', () => {
    const bomb = gzipSync(Buffer.alloc(60 * 1024 * 1024, ' '))
    const before = process.memoryUsage().arrayBuffers
    expect(refusal(bomb.toString('base64'))).toBe('ELMO_TOO_LARGE')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 * 1024)
    // The same ratio is harmless below the first MiB.
    expect(refusal(gzipSync(`<a>${' '.repeat(1024 * 1024 - 7)}</a>`))).toBe('accepted')
    expect(refusal(gzipSync(`<a>${' '.repeat(1024 * 1024)}</a>`))).toBe('ELMO_TOO_LARGE')
  })

  it('holds the limit of bytes for every packing', () => {
    const maxBytes = xml.length
    for (const value of [packed, xml, xml.toString('base64'), gzipSync(xml)]) {
      expect(refusal(value, { maxBytes })).toBe('accepted')
      expect(refusal(value, { maxBytes: maxBytes - 1 })).toBe('ELMO_TOO_LARGE')
    }
    expect(refusal('A'.repeat(2 * maxBytes + 1), { maxBytes })).toBe('ELMO_TOO_LARGE')
  })

  it('opens what packElmo packed, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
        expect(unpackElmo(packElmo(bytes))).toEqual({ xml: Buffer.from(bytes), deviations: [] })
      }),
      { seed: 1 },
    )
  })
})
