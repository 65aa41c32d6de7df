import { errorOfAnswer } from './error-of-answer.js'

const secret = 'Fant ikke 05068907693'
const withError = (error: object, data: unknown = null) =>
  errorOfAnswer({ data, errors: [{ message: secret, path: [secret], ...error }] }, 'fs', 200)
const some = { proofs: { nodes: [] } }

describe('errorOfAnswer', () => {
  it('finds nothing wrong with data alone', () => {
    expect(errorOfAnswer({ data: some }, 'fs', 200)).toBeUndefined()
    expect(errorOfAnswer({ data: some, errors: [] }, 'fs', 200)).toBeUndefined()
  })

  it.each([
    ['UNAUTHENTICATED', 'credential'],
    ['UNAUTHORIZED', 'credential'],
    ['FORBIDDEN', 'forbidden'],
    ['ADRESSESPERRE', 'forbidden'],
    ['GRAPHQL_VALIDATION_FAILED', 'unsupported'],
    ['ValidationError', 'unsupported'],
    ['TOO_MANY_REQUESTS', 'rate-limited'],
    ['ExecutionAborted', 'timeout'],
    ['INTERNAL_SERVER_ERROR', 'unavailable'],
    ['DataFetchingException', 'unavailable'],
  ])('reads %s as %s, as a code and as a classification, with and without data', (code, kind) => {
    for (const extensions of [{ code }, { classification: code }])
      for (const data of [null, some])
        expect(withError({ extensions }, data)).toMatchObject({ kind, info: { upstreamCode: code, status: 200 } })
  })

  it.each([
    ['Ingen tilgang til institusjon 186', 'forbidden'],
    ['Personen har sperret adresse', 'forbidden'],
    ['Field requires feature flag experimental', 'forbidden'],
    ['Cannot query field "nob" on type "Emne".', 'unsupported'],
  ])('judges an error without a code by its words: %s', (message, kind) => {
    expect(withError({ message })).toMatchObject({ kind })
  })

  it('takes errors of no known kind for bad data, and for a gap that may pass where some data is there', () => {
    expect(withError({})).toMatchObject({ kind: 'bad-data' })
    expect(withError({}, { proofs: null })).toMatchObject({ kind: 'bad-data' })
    expect(withError({}, some)).toMatchObject({ kind: 'unavailable', retryable: true })
  })

  it('tells what somebody has to see to before what passes by itself', () => {
    const errors = [{ extensions: { code: 'INTERNAL' } }, { extensions: { code: 'FORBIDDEN' } }]
    expect(errorOfAnswer({ data: some, errors }, 'fs', 200)).toMatchObject({ kind: 'forbidden' })
  })

  it.each([
    [null],
    ['text'],
    [[]],
    [{}],
    [{ data: null }],
    [{ data: 'text' }],
    [{ errors: 'text' }],
    [{ errors: [null] }],
  ])('does not take %j for an answer', (answer) => {
    expect(errorOfAnswer(answer, 'fs', 200)).toMatchObject({ kind: 'bad-data' })
  })

  it('repeats no word of FS, and no code that is none', () => {
    for (const extensions of [undefined, { code: 'FORBIDDEN' }, { code: secret }, { code: 17 }]) {
      const error = withError(extensions === undefined ? {} : { extensions })
      expect(`${error?.stack} ${JSON.stringify(error)}`).not.toContain('05068907693')
    }
  })
})
