import { spawnSync } from 'node:child_process'
import { createCipheriv } from 'node:crypto'
import { constants, deflateRawSync, gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describeWith } from '@emrex-gateway/testing'
import { deflatePieces, type DeflatePiece } from './deflate-pieces.js'
import { packElmo, packElmoAsync } from './pack-elmo.js'
import { unpackElmo } from './unpack-elmo.js'

/** Bytes that no packing makes smaller, always the same. */
const noise = (length: number): Buffer =>
  createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16)).update(Buffer.alloc(length))
const course = (index: number): string => `<course nr="${index}"><title>Introduction, part ${index}</title></course>\n`
const courses = (count: number): string => Array.from({ length: count }, (_, index) => course(index)).join('')

const attachment = `data:application/pdf;base64,${noise(3_000_000).toString('base64')}`
/** Base64 as well, but of something that repeats itself. */
const plainAttachment = `data:text/plain;base64,${Buffer.from(courses(4000)).toString('base64')}`
const wrapped = noise(200_000).toString('base64').replaceAll(/.{76}/g, '$&\n')

const documents: Record<string, Buffer> = {
  nothing: Buffer.alloc(0),
  'a short one': Buffer.from(`<elmo>${courses(3)}</elmo>`),
  'structure alone': Buffer.from(`<elmo>${courses(20_000)}</elmo>`),
  'an attachment': Buffer.from(`<elmo>${courses(500)}<content>${attachment}</content>${courses(5)}</elmo>`),
  'several attachments': Buffer.from(
    `<elmo>${`${courses(50)}<content>${attachment.slice(0, 100_000)}</content>`.repeat(3)}</elmo>`,
  ),
  'an attachment in lines': Buffer.from(`<elmo><content>${wrapped}</content></elmo>`),
  'an attachment that repeats itself': Buffer.from(`<elmo><content>${plainAttachment}</content></elmo>`),
  'no markup at all': Buffer.from(attachment),
  'bytes of any kind': noise(300_000),
}
const named = Object.entries(documents)

describe('packElmo and packElmoAsync', () => {
  it.each(named)('give for %s what unpackElmo and zlib open, on one line with padding', async (_, xml) => {
    const packed = packElmo(xml)
    expect(packed).toMatch(/^[A-Za-z0-9+/]+={0,2}$/)
    expect(packed.length % 4).toBe(0)
    expect(gunzipSync(Buffer.from(packed, 'base64')).equals(xml)).toBe(true)
    const opened = unpackElmo(packed, { maxRatio: Infinity })
    expect(opened.deviations).toEqual([])
    expect(xml.equals(opened.xml)).toBe(true)
    expect((await packElmoAsync(xml)) === packed).toBe(true)
  })

  describeWith(describe, 'gzip', 'and gzip', () => {
    it.each(named)('give for %s what gzip opens without a warning', (_, xml) => {
      const input = Buffer.from(packElmo(xml), 'base64')
      const { status, stdout, stderr } = spawnSync('gzip', ['-dc'], { input, maxBuffer: 2 ** 26, timeout: 60_000 })
      expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' })
      expect(stdout.equals(xml)).toBe(true)
    })
  })

  it('make documents with attachments no larger than zlib at its usual level does', () => {
    for (const name of ['an attachment', 'several attachments', 'an attachment in lines', 'bytes of any kind']) {
      const xml = documents[name] as Buffer
      expect((packElmo(xml).length / 4) * 3).toBeLessThan(1.005 * deflateRawSync(xml).length)
    }
  })

  it('make structure, and what repeats itself in base64, a small part of its size', () => {
    for (const name of ['structure alone', 'an attachment that repeats itself']) {
      const xml = documents[name] as Buffer
      expect(packElmo(xml).length).toBeLessThan(0.25 * xml.length)
    }
  })

  it('leave other work to be done meanwhile, when asynchronous', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    await packElmoAsync(Buffer.from(`<elmo>${attachment.repeat(5)}</elmo>`))
    clearInterval(timer)
    expect(turns).toBeGreaterThan(1)
  })
})

describe('deflatePieces', () => {
  const methods = (xml: Buffer): string[] => deflatePieces(xml).map(({ method }) => method)

  it.each([
    ['nothing', ['search']],
    ['a short one', ['search']],
    ['structure alone', ['search']],
    ['an attachment', ['search', 'alphabet', 'search']],
    ['several attachments', ['search', 'alphabet', 'search', 'alphabet', 'search', 'alphabet', 'search']],
    ['an attachment in lines', ['search', 'alphabet', 'search']],
    ['an attachment that repeats itself', ['search']],
    ['no markup at all', ['alphabet']],
  ])('of %s: %j', (name, expected) => {
    expect(methods(documents[name] as Buffer)).toEqual(expected)
  })

  it('takes an attachment exactly from tag to tag', () => {
    const xml = documents['an attachment'] as Buffer
    const [before, text, behind] = deflatePieces(xml) as [DeflatePiece, DeflatePiece, DeflatePiece]
    expect(xml.toString('latin1', before.start, before.end)).toMatch(/<content>$/)
    expect(xml.toString('latin1', text.start, text.end) === attachment).toBe(true)
    expect(xml.toString('latin1', behind.start, behind.end)).toMatch(/^<\/content>/)
  })

  it('cuts whatever it is given into pieces of 4 MiB at most that follow one another', () => {
    const part = fc.constantFrom('<', '>', '<a>', courses(40), noise(60_000).toString('base64'), ' '.repeat(40_000))
    const bytes = fc.array(part, { maxLength: 8 }).map((parts) => Buffer.from(parts.join('')))
    const large = fc.constant(Buffer.from(attachment.repeat(4)))
    fc.assert(
      fc.property(fc.oneof({ arbitrary: bytes, weight: 20 }, large), (xml) => {
        const pieces = deflatePieces(xml)
        const ends = pieces.map(({ end }) => end)
        expect(pieces.map(({ start }) => start)).toEqual([0, ...ends.slice(0, -1)])
        expect(ends.at(-1)).toBe(xml.length)
        for (const { start, end } of pieces) expect(end - start).toBeLessThanOrEqual(4 * 1024 * 1024)
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  it('uses no search in the method alphabet: its result is that of Huffman codes alone', () => {
    const xml = documents['no markup at all'] as Buffer
    const codes = deflateRawSync(xml, { strategy: constants.Z_HUFFMAN_ONLY, memLevel: 9 })
    expect(Buffer.from(packElmo(xml), 'base64').subarray(10, -8).equals(codes)).toBe(true)
  })
})
