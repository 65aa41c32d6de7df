import { simpleTypes } from './simple-types.js'

/** Every text of up to some length over an alphabet. */
function* textsOf(alphabet: string, longest: number, begun = ''): Generator<string> {
  yield begun
  if (begun.length < longest) for (const letter of alphabet) yield* textsOf(alphabet, longest, begun + letter)
}

describe('simple types', () => {
  it.each([
    ['decimal', '09.+-a', 5, /^[+-]?(\d+(\.\d*)?|\.\d+)$/],
    ['language', 'azA-1{', 4, /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/],
  ] as const)('%s: short texts are judged as XML Schema has it', (type, alphabet, longest, pattern) => {
    const wrong = [...textsOf(alphabet, longest)].filter(
      (text) => simpleTypes[type].isValid?.(text) !== pattern.test(text),
    )
    expect(wrong).toEqual([])
  })

  it.each(['1234567', '12345678', '123456789', '1234567.', '12345678.5', '-1234567.5'])(
    'takes the number %s',
    (text) => {
      expect(simpleTypes.decimal.isValid?.(text)).toBe(true)
    },
  )

  it.each(['12345678x', '1234567x', '1.2.3', '123456789.1.1', ''])('refuses the number "%s"', (text) => {
    expect(simpleTypes.decimal.isValid?.(text)).toBe(false)
  })
})
