import fc from 'fast-check'
import { parseForm } from './parse-form.js'

const form = (text: string): [string, string][] => [...parseForm(Buffer.from(text))]
const malformed = expect.objectContaining({ code: 'REQUEST_MALFORMED' })

describe('parseForm', () => {
  it('reads what any browser writes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), (fields) => {
        const written = new URLSearchParams(fields)
        expect(form(written.toString())).toEqual([...written])
      }),
      { numRuns: 500 },
    )
  })

  it('reads stray text as the URL Standard does', () => {
    const stray = fc.string({ unit: fc.constantFrom(...'abc%&=+2BfF\u00e5 '.split('')) })
    fc.assert(
      fc.property(stray, (text) => {
        const expected = [...new URLSearchParams(`x&${text}`)].slice(1)
        const names = expected.map(([name]) => name)
        fc.pre(new Set(names).size === names.length && !JSON.stringify(expected).includes('\ufffd'))
        expect(form(text)).toEqual(expected)
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['a=1&a=2', 'a=1&%61=2', '=1&='])('refuses the duplicated field in %s', (text) => {
    expect(() => form(text)).toThrow(malformed)
  })

  it.each(['a=%ff', '%c3=1', 'a=%ed%a0%80'])('refuses %s, which is not UTF-8', (text) => {
    expect(() => form(text)).toThrow(malformed)
  })

  it('refuses more than 10,000 fields', () => {
    const names = Array.from({ length: 10_001 }, (_, index) => `f${index}`)
    expect(parseForm(Buffer.from(names.slice(1).join('&'))).size).toBe(10_000)
    expect(() => form(names.join('&'))).toThrow(malformed)
  })

  it('decodes a field of 40 MB within two seconds of the processor', () => {
    const document = 'abc+/def0123456789'.repeat(40_000_000 / 18)
    const body = Buffer.from(`sessionId=x&elmo=${document.replaceAll('+', '%2B').replaceAll('/', '%2F')}`)
    const begun = process.cpuUsage()
    const fields = parseForm(body)
    const { user, system } = process.cpuUsage(begun)
    expect(fields.get('elmo') === document).toBe(true)
    // Of the processor, not by the clock: the machine may have other work.
    expect((user + system) / 1000).toBeLessThan(2000)
  })
})
