import { createTransferRequest, parseTransferRequest } from './transfer-request.js'
import { newSessionId } from './new-session-id.js'

const form = (fields: Record<string, string>) => new Map(Object.entries(fields))
const returnUrl = 'https://smp.example/kontroler.php?_action=import&x=1'

describe('createTransferRequest', () => {
  it('posts exactly the two fields, verbatim, to the address of the NCP as the registry holds it', () => {
    const ncpUrl = 'https://ncp.example:442/entry.php?country=zz'
    expect(createTransferRequest(ncpUrl, { sessionId: 'abc', returnUrl })).toEqual({
      kind: 'post',
      url: ncpUrl,
      fields: { sessionId: 'abc', returnUrl },
    })
  })
})

describe('parseTransferRequest', () => {
  it('reads what we send, without deviation', () => {
    const { fields } = createTransferRequest('https://ncp.example/', { sessionId: 'abc', returnUrl })
    expect(parseTransferRequest(form(fields))).toEqual({ sessionId: 'abc', returnUrl, deviations: [] })
  })

  it('keeps the query string of the return address', () => {
    expect(parseTransferRequest(form({ sessionId: 'a', returnUrl })).returnUrl).toBe(returnUrl)
  })

  it('ignores fields that it does not know', () => {
    const request = parseTransferRequest(form({ sessionId: 'a', returnUrl, lang: 'fi', SESSIONID: 'b' }))
    expect(request).toEqual({ sessionId: 'a', returnUrl, deviations: [] })
  })

  it.each([1, 36, 255])('takes a sessionId of %i characters', (length) => {
    const request = parseTransferRequest(form({ sessionId: '~'.repeat(length), returnUrl }))
    expect(request.sessionId).toHaveLength(length)
    expect(request.deviations).toEqual(length > 32 ? ['session-id-long'] : [])
  })

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['of 256 characters', 'a'.repeat(256)],
    ['of a megabyte', 'a'.repeat(1_000_000)],
    ['with a line break', 'a\r\nSet-Cookie: b=c'],
    ['with a trailing line break', 'a\n'],
    ['with NUL', 'a\0'],
    ['in another script', 'сессия'],
  ])('refuses a sessionId %s', (_what, sessionId) => {
    const fields = form({ returnUrl, ...(sessionId === undefined ? {} : { sessionId }) })
    expect(() => parseTransferRequest(fields)).toThrow(expect.objectContaining({ code: 'REQUEST_MALFORMED' }))
  })

  it('never repeats what it refused', () => {
    expect(() => parseTransferRequest(form({ sessionId: 'påse', returnUrl }))).not.toThrow(/påse/)
  })

  it('refuses a request without return address', () => {
    const refused = expect.objectContaining({ code: 'REQUEST_MALFORMED' })
    expect(() => parseTransferRequest(form({ sessionId: 'a' }))).toThrow(refused)
    expect(() => parseTransferRequest(form({ sessionId: 'a', returnUrl: '' }))).toThrow(refused)
  })

  it('takes stateId for a missing sessionId, and says so', () => {
    const request = parseTransferRequest(form({ stateId: 's', returnUrl }))
    expect(request).toEqual({ sessionId: 's', returnUrl, deviations: ['session-id-from-state-id'] })
    expect(parseTransferRequest(form({ sessionId: 'a', stateId: 's', returnUrl })).sessionId).toBe('a')
  })

  it('carries the Polish extra fields as booleans, and says when it could not read one', () => {
    const extras = { allowToPickCourses: 'FALSE', allowNotPassedCourses: 'true' }
    expect(parseTransferRequest(form({ sessionId: 'a', returnUrl, ...extras }))).toMatchObject({
      ...{ allowToPickCourses: false, allowNotPassedCourses: true, deviations: [] },
    })
    const odd = parseTransferRequest(form({ sessionId: 'a', returnUrl, allowToPickCourses: 'nie' }))
    expect(odd).toEqual({ sessionId: 'a', returnUrl, deviations: ['flag-unreadable'] })
  })
})

describe('newSessionId', () => {
  it('is 24 base64url characters of the bytes it was given', () => {
    const asked: number[] = []
    const random = (bytes: number) => (asked.push(bytes), new Uint8Array(bytes).fill(251))
    expect(newSessionId(random)).toBe('-_v7'.repeat(6))
    expect(asked).toEqual([18])
  })
})
