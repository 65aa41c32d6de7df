import { decimalText } from './decimal-text.js'

describe('decimalText', () => {
  it.each([
    ['0', '0'],
    ['0.00', '0'],
    ['7.50', '7.5'],
    ['7,5', '7.5'],
    ['10.000', '10'],
    ['007', '7'],
    ['.5', '0.5'],
    [',75', '0.75'],
    ['.00', '0'],
    ['100', '100'],
  ])('writes %s as %s', (text, decimal) => {
    expect(decimalText(text)).toBe(decimal)
  })

  it.each(['', '-5', '1e3', '1.2.3', 'fifteen', '7.', '.', 'NaN'])('takes %p for no decimal', (text) => {
    expect(decimalText(text)).toBeUndefined()
  })

  it('keeps the unknown unknown', () => {
    expect(decimalText(undefined)).toBeUndefined()
  })
})
