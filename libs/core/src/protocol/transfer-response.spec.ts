import fc from 'fast-check'
import type { ReturnCode } from '../reason-codes.js'
import { createTransferResponse, parseTransferResponse } from './transfer-response.js'

const form = (fields: Record<string, string>) => new Map(Object.entries(fields))
const plain = { sessionId: 's', returnMessage: '' }
const answer = (fields: Record<string, string>) => parseTransferResponse(form({ ...plain, ...fields }))

describe('createTransferResponse', () => {
  const to = { sessionId: 'a b/c~', returnUrl: 'https://smp.example/return.php?_action=import' }

  it.each(['ERROR', 'NO_RESULTS', 'CANCEL'] as const)('sends all four fields with %s, spelled NCP_', (returnCode) => {
    expect(createTransferResponse(to, { returnCode, returnMessage: 'why' })).toEqual({
      kind: 'post',
      url: to.returnUrl,
      fields: { sessionId: to.sessionId, returnCode: `NCP_${returnCode}`, returnMessage: 'why', elmo: '' },
    })
  })

  it('sends all four fields with a document', () => {
    expect(createTransferResponse(to, { returnCode: 'OK', elmo: 'H4sI' }).fields).toEqual({
      ...{ sessionId: to.sessionId, returnCode: 'NCP_OK', returnMessage: '', elmo: 'H4sI' },
    })
  })

  it('never sends OK without a document, nor a document with another code', () => {
    const broken = expect.objectContaining({ code: 'INTERNAL' })
    expect(() => createTransferResponse(to, { returnCode: 'OK' })).toThrow(broken)
    expect(() => createTransferResponse(to, { returnCode: 'CANCEL', elmo: 'H4sI' })).toThrow(broken)
  })

  it('is read back without deviation', () => {
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 30 })
    const code = fc.constantFrom<ReturnCode>('OK', 'ERROR', 'NO_RESULTS', 'CANCEL')
    fc.assert(
      fc.property(code, text, (returnCode, returnMessage) => {
        const elmo = returnCode === 'OK' ? 'H4sI' : ''
        const { fields } = createTransferResponse(to, { returnCode, returnMessage, elmo })
        expect(parseTransferResponse(form(fields))).toEqual({
          ...{ sessionId: to.sessionId, returnCode, deviations: [] },
          ...(returnMessage ? { returnMessage } : {}),
          ...(elmo ? { elmo } : {}),
        })
      }),
      { seed: 20260211 },
    )
  })
})

describe('parseTransferResponse', () => {
  it.each([
    ['NCP_OK', 'OK', []],
    ['EMP_OK', 'OK', ['return-code-emp-spelling']],
    ['ncp_ok', 'OK', ['return-code-odd-case']],
    ['Emp_Ok', 'OK', ['return-code-emp-spelling', 'return-code-odd-case']],
    [' NCP_OK\n', 'OK', ['return-code-odd-case']],
  ])('reads %j as %s', (returnCode, code, deviations) => {
    expect(answer({ returnCode, elmo: 'x' })).toEqual({ sessionId: 's', returnCode: code, elmo: 'x', deviations })
  })

  it.each(['NCP_ERROR', 'EMP_ERROR', 'NCP_NO_RESULTS', 'EMP_NO_RESULTS', 'NCP_CANCEL', 'EMP_CANCEL'])(
    'reads %s',
    (code) => {
      expect(answer({ returnCode: code }).returnCode).toBe(code.slice(4))
      expect(answer({ returnCode: code, elmo: '' }).elmo).toBeUndefined()
    },
  )

  it('keeps an unknown code to show it: printable and cut', () => {
    const unknown = { returnCode: 'UNKNOWN', deviations: ['return-code-unknown'] }
    expect(answer({ returnCode: 'NCP_PARTIAL' })).toMatchObject({ ...unknown, rawCode: 'NCP_PARTIAL' })
    expect(answer({ returnCode: 'OK' })).toMatchObject({ ...unknown, rawCode: 'OK' })
    expect(answer({ returnCode: 'A\u0007\u202eé' }).rawCode).toBe('A???')
    expect(answer({ returnCode: 'X'.repeat(5000) }).rawCode).toHaveLength(40)
  })

  it('needs nothing but sessionId, and names what is missing', () => {
    expect(parseTransferResponse(form({ sessionId: 's' }))).toEqual({
      ...{ sessionId: 's', returnCode: 'UNKNOWN' },
      deviations: ['return-code-missing', 'return-message-missing', 'elmo-missing'],
    })
    expect(parseTransferResponse(form({ sessionId: 's', elmo: '<elmo/>' }))).toEqual({
      ...{ sessionId: 's', returnCode: 'UNKNOWN', elmo: '<elmo/>' },
      deviations: ['return-code-missing', 'return-message-missing'],
    })
  })

  it('names a document that is missing, and one that should not be there', () => {
    expect(answer({ returnCode: 'NCP_OK', elmo: '' }).deviations).toEqual(['elmo-missing'])
    expect(answer({ returnCode: 'NCP_CANCEL', elmo: 'x' }).deviations).toEqual(['elmo-unexpected'])
    expect(answer({ returnCode: 'NCP_CANCEL', elmo: '' }).deviations).toEqual([])
    expect(answer({ returnCode: 'NCP_CANCEL' }).deviations).toEqual([])
  })

  it.each(['', 'a'.repeat(256), 'a\n', 'é'])('refuses the sessionId %j', (sessionId) => {
    expect(() => answer({ sessionId })).toThrow(expect.objectContaining({ code: 'ANSWER_MALFORMED' }))
  })

  it('cleans the message of control characters and direction marks, and keeps markup as the text it is', () => {
    const cleaned = answer({ returnCode: 'NCP_ERROR', returnMessage: 'one\r\ntwo\0\u001b[31m\u202e<b>three</b>\ud800' })
    expect(cleaned.returnMessage).toBe('one two[31m<b>three</b>')
    expect(cleaned.deviations).toEqual(['return-message-cleaned'])
  })

  it('keeps a long message up to a bound', () => {
    const long = answer({ returnCode: 'NCP_ERROR', returnMessage: 'é'.repeat(9_000) })
    expect(long.returnMessage).toHaveLength(9_000)
    const longer = answer({ returnCode: 'NCP_ERROR', returnMessage: `${'a'.repeat(9_999)}😀${'a'.repeat(9_999)}` })
    expect(longer.returnMessage).toBe('a'.repeat(9_999))
    expect(longer.deviations).toEqual(['return-message-cut'])
  })

  it('ignores fields that it does not know', () => {
    expect(answer({ returnCode: 'NCP_CANCEL', state: 'x' })).toEqual({
      sessionId: 's',
      returnCode: 'CANCEL',
      deviations: [],
    })
  })
})
