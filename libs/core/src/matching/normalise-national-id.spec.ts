import { isSameNationalId, normaliseNationalId } from './normalise-national-id.js'

// Published test numbers only.
const samples = [
  ['FI', '131052-308T', '131052-308T'],
  ['FI', ' 010516b903x ', '010516B903X'],
  ['SE', '191212121212', '191212121212'],
  ['SE', '19701063-2391', '197010632391'],
  ['SE', '121212+1212', '1212121212'],
  ['NO', '050689 07693', '05068907693'],
  ['PL', '44051401359', '44051401359'],
  ['HR', '69435151530', '69435151530'],
  ['NL', '111.222.333', '111222333'],
  ['BE', '85.07.30-033.28', '85073003328'],
  ['BE', '17073003384', '17073003384'],
  ['BE', '98.47.28-997.65', '98472899765'],
  ['DK', '070761-4285', '0707614285'],
  ['IT', 'rssmra85t10a562s', 'RSSMRA85T10A562S'],
  // The same with its last digit written as a letter, and with all of them.
  ['IT', 'RSSMRA85T10A56NH', 'RSSMRA85T10A56NH'],
  ['IT', 'RSSMRAURTMLARSNL', 'RSSMRAURTMLARSNL'],
  ['CN', '11010519491231002x', '11010519491231002X'],
] as const

/** The nine digits with the two check digits that make them right. */
function norwegian(nine: string): string {
  for (let check = 0; check < 100; check++) {
    const number = nine + String(check).padStart(2, '0')
    if (normaliseNationalId('NO', number).warning === undefined) return number
  }
  throw new Error('these nine digits have no check digits')
}

describe('normaliseNationalId', () => {
  it.each(samples)('reads %s %s', (country, written, value) => {
    expect(normaliseNationalId(country, written)).toMatchObject({ country, value })
    expect(normaliseNationalId(country, written).warning).toBeUndefined()
  })

  it.each(samples.filter(([country]) => country !== 'DK'))(
    'warns when a sign of %s %s is another',
    (country, written) => {
      const value = normaliseNationalId(country, written).value
      const last = value.at(-1)!
      const otherLetter = country === 'CN' ? '0' : last === 'X' ? 'Y' : 'X'
      const other = value.slice(0, -1) + (/\d/.test(last) ? (Number(last) + 1) % 10 : otherLetter)
      expect(normaliseNationalId(country, other).warning).toBe('check-digit')
    },
  )

  it('warns of what the country does not write', () => {
    for (const { 0: country } of samples) expect(normaliseNationalId(country, '12-AB').warning).toBe('form')
  })

  it.each([
    ['BE', '98472899765', true],
    ['BE', '85073003328', false],
    ['FI', '010516B903X', true],
    ['FI', '131052-308T', false],
    ['SE', '197010632391', true],
    ['SE', '191212121212', false],
    ['SE', '121212T121', true],
    ['NO', '05068907693', false],
    ['NO', '45068907693', true],
    ['DK', '0707614285', false],
    ['DK', '070761A285', true],
  ])('knows whether %s %s is for the time being', (country, value, interim) => {
    expect(normaliseNationalId(country, value).interim).toBe(interim)
  })

  it.each([...'+-YXWVUABCDEF'])('takes %s as the Finnish sign of a century', (sign) => {
    expect(normaliseNationalId('FI', `131052${sign}308T`).warning).toBeUndefined()
  })

  it.each([...'GHZT*/'])('does not take %s as the Finnish sign of a century', (sign) => {
    expect(normaliseNationalId('FI', `131052${sign}308T`).warning).toBe('form')
  })

  it('does not enforce a Danish check digit, which is not guaranteed since 2007', () => {
    expect(normaliseNationalId('DK', '0707614286').warning).toBeUndefined()
  })

  it('warns of a number of a test register in production, and there alone', () => {
    // A made-up month; both check digits are right.
    const madeUp = norwegian('058689076')
    expect(normaliseNationalId('NO', madeUp).warning).toBeUndefined()
    expect(normaliseNationalId('NO', madeUp, 'test').warning).toBeUndefined()
    expect(normaliseNationalId('NO', madeUp, 'production').warning).toBe('made-up')
    expect(normaliseNationalId('NO', '05068907693', 'production').warning).toBeUndefined()
  })

  it('takes what it gets from a country without rules, and eIDAS names of countries', () => {
    expect(normaliseNationalId('EL', ' ab 12 ')).toEqual({ country: 'GR', value: 'AB12', interim: false })
  })
})

describe('isSameNationalId', () => {
  const same = (country: string, a: string, b: string) =>
    isSameNationalId(normaliseNationalId(country, a), normaliseNationalId(country, b))

  it('knows a Swedish number without its century', () => {
    expect(same('SE', '191212121212', '121212-1212')).toBe(true)
    expect(same('SE', '191212121212', '301212121212')).toBe(false)
  })

  it('keeps the Finnish sign of the century', () => {
    expect(same('FI', '131052-308T', '131052A308T')).toBe(false)
  })
})
