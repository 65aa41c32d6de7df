import { finnishInstitutions } from './finnish-institutions.js'
import { institutionBook } from './institution-book.js'

describe('institutionBook', () => {
  it('names each institution once, by five digits', () => {
    const codes = finnishInstitutions.map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code).toMatch(/^\d{5}$/)
    const domains = finnishInstitutions.flatMap(({ schac }) => schac ?? [])
    expect(new Set(domains).size).toBe(domains.length)
  })

  it('puts the settings before the built-in table', () => {
    const book = institutionBook([{ code: '01901', title: { sv: 'Egna ord' }, schac: 'own.example' }])
    expect(book.institution('01901')).toEqual({ code: '01901', title: 'Egna ord', country: 'FI', schac: 'own.example' })
    expect(book.all).toHaveLength(finnishInstitutions.length)
    expect(book.isNamed('99999')).toBe(false)
  })
})
