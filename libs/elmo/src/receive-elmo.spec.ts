import { createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { document } from '../test/signed-documents.js'
import { ElmoError } from './elmo-error.js'
import { packElmo } from './packing/pack-elmo.js'
import { unpackElmo, unpackElmoInSlices, type UnpackedElmo } from './packing/unpack-elmo.js'
import { receiveElmo } from './receive-elmo.js'
import { signElmo } from './signature/sign-elmo.js'
import { verifyElmo } from './signature/verify-elmo.js'

const signer = await makeThrowawaySigner()
const policy = { certificates: [signer.certificate], at: new Date() }
const attachment = `<attachment><content>data:application/pdf;base64,${randomBytes(9_000_000).toString('base64')}</content></attachment>`
const large = signElmo(Buffer.from(document.replace('</report>', `${attachment}</report>`)), signer)

const refusalOf = (error: unknown): string =>
  error instanceof ElmoError ? `${error.code}: ${error.message}` : String(error)
const settle = async (action: () => unknown): Promise<unknown> => {
  try {
    return await action()
  } catch (error) {
    return refusalOf(error)
  }
}

describe('receiveElmo', () => {
  it('opens and verifies', async () => {
    const wrapped = packElmo(signElmo(Buffer.from(document), signer)).replace(/.{76}/g, '$&\n')
    const { outcome, deviations } = await receiveElmo(wrapped, policy)
    expect(outcome).toMatchObject({ verified: true, document: { elmo: { learner: { familyName: 'Tolvansson' } } } })
    expect(deviations).toEqual(['base64-white-space'])
  })

  it('gives what the same work at once gives', async () => {
    const at = verifyElmo(large, policy)
    const { outcome } = await receiveElmo(packElmo(large), policy)
    expect(outcome.report).toEqual(at.report)
    expect(outcome.verified && outcome.document.elmo).toEqual(at.verified && at.document.elmo)
  })

  it('lets others work while a large document is verified', async () => {
    let turns = 0
    let isDone = false
    const count = (): void => {
      turns++
      if (!isDone) setImmediate(count)
    }
    setImmediate(count)
    const { outcome } = await receiveElmo(packElmo(large), policy)
    isDone = true
    expect(outcome.verified).toBe(true)
    // 12 MB are scanned, summed and hashed in slices of 1, 4 and 2 MB.
    expect(turns).toBeGreaterThan(6)
  })

  it('refuses a changed document', async () => {
    const changed = Buffer.from(large)
    changed[changed.length >> 1]! ^= 1
    const { outcome } = await receiveElmo(packElmo(changed), policy)
    expect(outcome).toMatchObject({ verified: false, code: 'ELMO_SIGNATURE_INVALID' })
  })
})

describe('unpackElmoInSlices', () => {
  const packed = packElmo(large)
  const damaged = Buffer.from(packed, 'base64')
  damaged[damaged.length - 6]! ^= 1
  // Some 37 KB that become 2 MB.
  const shrinking = gzipSync(`<elmo>${randomBytes(30_000).toString('hex')}${'0123456789abcdef'.repeat(125_000)}</elmo>`)
  it.each<[string, string | Uint8Array]>([
    ['a packed document', packed],
    ['gzip alone', gzipSync(large)],
    [
      'gzip with bytes behind it, which tell nothing about its length',
      Buffer.concat([gzipSync(large), Buffer.alloc(8)]),
    ],
    ['gzip with bytes behind it that tell a large one', Buffer.concat([gzipSync(large), Buffer.alloc(8, 255)])],
    ['gzip that is small and opens to a large document', shrinking],
    ['the same with bytes behind it that tell a small one', Buffer.concat([shrinking, Buffer.alloc(8)])],
    [
      'a bomb with bytes behind it that tell a small document',
      Buffer.concat([gzipSync(Buffer.alloc(2 ** 24, ' ')), Buffer.alloc(8)]),
    ],
    ['XML alone', large],
    ['wrapped base64 in the URL alphabet', packed.replaceAll('+', '-').replace(/.{60}/g, '$&\r\n')],
    ['blanks for plus signs', packed.replaceAll('+', ' ')],
    ['a wrong checksum', damaged],
    ['a file that is cut off', packed.slice(0, 4000)],
    ['no packing at all', '%%%'],
    ['a bomb', gzipSync(Buffer.concat([Buffer.from('<elmo>'), Buffer.alloc(65 * 2 ** 20, ' ')]))],
  ])('opens or refuses %s as unpackElmo does', async (_, value) => {
    const named = ({ xml, deviations }: UnpackedElmo) => ({
      deviations,
      bytes: createHash('sha256').update(xml).digest('hex'),
    })
    const atOnce = await settle(() => named(unpackElmo(value)))
    expect(await settle(async () => named(await unpackElmoInSlices(value)))).toEqual(atOnce)
  })
})
