import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { flattenedVerify, importX509 } from 'jose'
import { checkReceipt, receiptFile, type ReceiptFile } from './signed-receipt.js'
import { receiptText } from './stored-receipt.js'
import { receiptNumber, type TransferReceipt } from './transfer-receipt.js'

const receipt: TransferReceipt = {
  ...{ type: 'emrex-receipt', version: 1, number: receiptNumber('t-1'), act: 'sent', at: '2026-11-02T10:00:00.000Z' },
  issuer: { name: 'Fjord University', address: 'https://fjord.example/ncp/fjord' },
  from: { name: 'Fjord University' },
  to: { name: 'Uniwersytet Zażółć', address: 'https://home.example' },
  basis: 'The person asked for it.',
  content: {
    institutions: [{ name: 'Fjord University', results: 3, extent: 'selection' }],
    results: 3,
    attachments: 0,
  },
  document: { sha256: 'ab'.repeat(32), bytes: 1234 },
}
const keys = ['rsa', 'P-256', 'P-384', 'P-521'] as const

describe('a signed receipt', () => {
  it.each(keys)('is a JSON Web Signature that another implementation verifies, and ours too (%s)', async (kind) => {
    const key = await makeThrowawaySigner(kind === 'rsa' ? {} : { key: { type: 'ec', curve: kind } })
    const file = receiptFile(receipt, key)
    const alg = (JSON.parse(Buffer.from(file.protected!, 'base64url').toString()) as { alg: string }).alg
    const { payload } = await flattenedVerify(
      { protected: file.protected!, payload: file.payload!, signature: file.signature! },
      await importX509(key.certificate, alg),
    )
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(receipt)
    expect(checkReceipt(receiptText(file), [key.certificate])).toMatchObject({ verdict: 'verified', receipt })
  })

  it('proves nothing by a certificate that was not named: anybody can make one', async () => {
    const [ours, other] = [await makeThrowawaySigner(), await makeThrowawaySigner()]
    const verdict = checkReceipt(receiptText(receiptFile(receipt, other)), [ours.certificate])
    expect(verdict).toMatchObject({ verdict: 'signer-unknown', receipt })
  })

  it('is refused when any part of it was changed, or taken out', async () => {
    const key = await makeThrowawaySigner()
    const other = receiptFile({ ...receipt, number: receiptNumber('t-2') }, key)
    const good = receiptFile(receipt, key)
    const { x5c, ...header } = JSON.parse(Buffer.from(good.protected!, 'base64url').toString()) as { x5c: [string] }
    // A key of a kind that nobody knows: another last byte of `rsaEncryption`.
    const unreadable = Buffer.from(x5c[0], 'base64')
    unreadable[unreadable.indexOf(Buffer.from('2a864886f70d010101', 'hex')) + 8] = 0x63
    const otherKey = JSON.stringify({ ...header, x5c: [unreadable.toString('base64')] })
    const changes: ReceiptFile[] = [
      { ...good, protected: Buffer.from(otherKey).toString('base64url') },
      { ...good, receipt: { ...receipt, act: 'imported' } },
      { ...good, receipt: { ...receipt, to: { name: 'Somebody else' } } },
      { ...good, payload: other.payload!, receipt: other.receipt },
      { ...good, signature: other.signature! },
      { ...good, protected: Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url') },
      { ...good, protected: Buffer.from(`${atob(good.protected!)} `).toString('base64url') },
      { ...good, signature: '' },
      { receipt, payload: good.payload!, protected: good.protected! },
    ]
    const verdicts = changes.map((file) => checkReceipt(receiptText(file), [key.certificate]).verdict)
    expect(new Set(verdicts)).toEqual(new Set(['changed']))
    expect(checkReceipt(receiptText(good), [key.certificate]).verdict).toBe('verified')
  })

  it('is as good when its members stand in another order, and when it was written without spaces', async () => {
    const key = await makeThrowawaySigner()
    const file = receiptFile(receipt, key)
    const turned = Object.fromEntries(Object.entries(file).reverse())
    turned['receipt'] = Object.fromEntries(Object.entries(receipt).reverse())
    expect(checkReceipt(JSON.stringify(turned), [key.certificate]).verdict).toBe('verified')
  })

  it('is told from one without a signature, and from what is no receipt', () => {
    expect(checkReceipt(receiptText(receiptFile(receipt)), [])).toEqual({ verdict: 'unsigned', receipt })
    for (const text of ['', '[]', 'null', '{"receipt":{}}', '<elmo/>'])
      expect(checkReceipt(text, [])).toEqual({ verdict: 'unreadable' })
    // Whoever shows what is left of a receipt would break down at what is not there.
    for (const part of Object.keys(receipt)) {
      const { [part as 'number']: _gone, ...rest } = receipt
      expect([part, checkReceipt(JSON.stringify({ receipt: rest }), []).verdict]).toEqual([part, 'unreadable'])
    }
  })

  it.each([
    ['lacks what every receipt says', { type: 'emrex-receipt', version: 1 }],
    ['lists nothing as its institutions', { ...receipt, content: { ...receipt.content, institutions: [null] } }],
    ['says a name in another way', { ...receipt, from: 'Fjord University' }],
  ])('is told from what calls itself one and %s', (_what, value) => {
    expect(checkReceipt(JSON.stringify({ receipt: value }), [])).toEqual({ verdict: 'unreadable' })
  })
})

describe('receiptNumber', () => {
  it('is the same for the same transfer, short, without letters that look alike', () => {
    expect(receiptNumber('t-1')).toBe(receiptNumber('t-1'))
    const numbers = Array.from({ length: 500 }, (_, index) => receiptNumber(`t-${index}`))
    expect(new Set(numbers).size).toBe(500)
    for (const number of numbers) expect(number).toMatch(/^([2-9A-HJKMNP-TV-Z]{4}-){2}[2-9A-HJKMNP-TV-Z]{4}$/)
  })
})
