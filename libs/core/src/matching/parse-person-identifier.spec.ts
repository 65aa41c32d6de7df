import { parsePersonIdentifier } from './parse-person-identifier.js'

describe('parsePersonIdentifier', () => {
  it('splits at the first two slashes only', () => {
    expect(parsePersonIdentifier('DE/HR/a+b/c=d/')).toEqual({ country: 'DE', receivingCountry: 'HR', id: 'a+b/c=d/' })
  })

  it('takes EL for GR and UK for GB, on both sides', () => {
    expect(parsePersonIdentifier('EL/UK/x')).toEqual({ country: 'GR', receivingCountry: 'GB', id: 'x' })
  })

  it('keeps the case of what is behind the countries', () => {
    expect(parsePersonIdentifier('NO/SE/aBc')?.id).toBe('aBc')
  })

  it.each(['44051401359', 'NO/SE/', 'NO//x', 'NOR/SE/x', '1A/SE/x', '', `NO/SE/${'x'.repeat(257)}`])(
    'reads nothing from "%s"',
    (value) => {
      expect(parsePersonIdentifier(value)).toBeUndefined()
    },
  )
})
