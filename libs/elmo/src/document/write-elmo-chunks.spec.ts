import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { goldenElmo } from '../../test/golden.js'
import type { AttachmentContent, Elmo } from '../model.js'
import type { AttachmentSource } from './attachment-source.js'
import { writeElmo } from './write-elmo.js'
import { writeElmoChunks } from './write-elmo-chunks.js'

async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

/** A document with two attachments whose contents come from sources, and the same with the contents in the model. */
function documents(bytes: Buffer, size: number) {
  const contents: AttachmentContent[] = [{ value: '', lang: 'en' }, { value: '' }]
  const attachments = contents.map((content) => ({ title: [{ value: 'Å😀' }], content: [content] }))
  const elmo: Elmo = { ...goldenElmo('maximal'), attachments }
  const source: AttachmentSource = {
    mediaType: 'application/pdf',
    async *open() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    },
  }
  const value = `data:application/pdf;base64,${bytes.toString('base64')}`
  const inlined = {
    ...elmo,
    attachments: attachments.map((each, i) => ({ ...each, content: [{ ...contents[i], value }] })),
  }
  return { elmo, contents, inlined, source, sources: new Map(contents.map((content) => [content, source])) }
}

describe('writeElmoChunks', () => {
  it.each([1, 2, 3, 4, 7, 1000])('writes the same bytes as writeElmo, from pieces of %i bytes', async (size) => {
    for (const length of [0, 1, 2, 3, 100]) {
      const { elmo, inlined, sources } = documents(Buffer.alloc(length, 'xyz'), size)
      const chunks = writeElmoChunks(elmo, { attachmentSources: sources })
      expect((await collected(chunks)).equals(writeElmo(inlined))).toBe(true)
      // Each iteration opens the sources anew.
      expect((await collected(chunks)).equals(writeElmo(inlined))).toBe(true)
    }
  })

  it('writes another release, and long texts without cutting a character', async () => {
    const elmo = goldenElmo('minimal')
    for (const lead of ['', 'x']) {
      elmo.attachments = [{ description: [{ value: lead + '😀'.repeat(100_000) }], content: [{ value: '' }] }]
      expect((await collected(writeElmoChunks(elmo, { release: '1.5.0' }))).equals(writeElmo(elmo))).toBe(true)
    }
  })

  it('refuses before it opens anything', () => {
    const { elmo, contents, source, sources } = documents(Buffer.from('x'), 1)
    const refused = (options: Parameters<typeof writeElmoChunks>[1], document = elmo) =>
      expect(() => writeElmoChunks(document, options)).toThrow(expect.objectContaining({ code: 'ELMO_INVALID' }))
    refused({ release: '2.1.1' })
    refused({ attachmentSources: new Map([[{ value: '' }, source]]) })
    refused({ attachmentSources: new Map([[contents[0] as AttachmentContent, { ...source, mediaType: 'a"b' }]]) })
    ;(contents[1] as AttachmentContent).value = 'data:,x'
    refused({ attachmentSources: sources })
  })

  it('closes a source when the reader stops, and passes on its error', async () => {
    const { elmo, contents } = documents(Buffer.alloc(0), 1)
    let closed = 0
    const endless: AttachmentSource = {
      mediaType: 'application/pdf',
      async *open() {
        try {
          for (;;) yield Buffer.alloc(300)
        } finally {
          closed++
        }
      },
    }
    const attachmentSources = new Map([[contents[0] as AttachmentContent, endless]])
    let seen = 0
    for await (const chunk of writeElmoChunks(elmo, { attachmentSources })) {
      seen += chunk.length
      if (seen > 100_000) break
    }
    expect(closed).toBe(1)
    const broken: AttachmentSource = {
      mediaType: 'application/pdf',
      async *open() {
        throw new Error('the disk is gone')
      },
    }
    const chunks = writeElmoChunks(elmo, { attachmentSources: new Map([[contents[0] as AttachmentContent, broken]]) })
    await expect(collected(chunks)).rejects.toThrow('the disk is gone')
  })

  it('holds but a small part of an attachment of 30 MB at a time', async () => {
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc') as () => void
    const held = (): number => {
      collectGarbage()
      const { heapUsed, arrayBuffers } = process.memoryUsage()
      return heapUsed + arrayBuffers
    }
    const { elmo, contents } = documents(Buffer.alloc(0), 1)
    const source: AttachmentSource = {
      mediaType: 'application/pdf',
      async *open() {
        for (let i = 0; i < 480; i++) yield Buffer.alloc(65_536, i)
      },
    }
    const before = held()
    let [written, most, count] = [0, 0, 0]
    const attachmentSources = new Map([[contents[0] as AttachmentContent, source]])
    for await (const chunk of writeElmoChunks(elmo, { attachmentSources })) {
      written += chunk.length
      if (count++ % 40 === 0) most = Math.max(most, held() - before)
    }
    expect(written).toBeGreaterThan(40_000_000)
    expect(most).toBeLessThan(15_000_000)
  })
})
