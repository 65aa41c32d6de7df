import { ViewRow } from './view-row.js'

const row = (raw: Record<string, unknown>): ViewRow => new ViewRow('emrex_result', raw, 'uni')

describe('ViewRow', () => {
  it('finds a column whatever case the database gives it', () => {
    expect(row({ TITLE: 'Physics' }).text('title')).toBe('Physics')
  })

  it('takes an empty text, blanks and NULL for absent', () => {
    for (const value of ['', '   ', null, undefined]) expect(row({ code: value }).text('code')).toBeUndefined()
  })

  it('collapses white space in a line and keeps line breaks in a text', () => {
    const both = row({ title: ' a \n b\u00a0c ' })
    expect(both.text('title')).toBe('a b\u00a0c')
    expect(both.lines('title')).toBe('a \n b\u00a0c')
  })

  it('reads short numbers as they would be written', () => {
    expect(row({ credits: 7.5 }).text('credits')).toBe('7.5')
    expect(row({ credits: 0 }).text('credits')).toBe('0')
    expect(row({ code: 123456789012345 }).text('code')).toBe('123456789012345')
    expect(row({ code: 12345678901234567890n }).text('code')).toBe('12345678901234567890')
  })

  it.each([0.1 + 0.2, 1234567890123456, 1e21, 1e-7, NaN, new Date(NaN), true, {}, Buffer.from('x')])(
    'refuses %p where text is due',
    (value) => {
      expect(() => row({ credits: value }).text('credits')).toThrow(
        expect.objectContaining({
          name: 'SisError',
          kind: 'bad-data',
          message: expect.stringContaining('emrex_result'),
        }),
      )
    },
  )

  it('takes a date of a driver for the calendar day of this machine, whatever the hour', () => {
    for (const hour of [0, 12, 23]) expect(row({ date: new Date(2024, 2, 31, hour) }).text('date')).toBe('2024-03-31')
    expect(row({ date: new Date(2024, 0, 1) }).text('date')).toBe('2024-01-01')
  })

  it('reads a flag however a database writes it, and takes what it does not know for set', () => {
    for (const no of [null, undefined, '', '0', 0, false, 'f', 'FALSE', 'n', 'no', ' 0 ', Buffer.from([0])])
      expect(row({ protected: no }).flag('protected')).toBe(false)
    for (const yes of ['1', 1, true, 't', 'Y', 'yes', 'perhaps', Buffer.from([1])])
      expect(row({ protected: yes }).flag('protected')).toBe(true)
  })

  it('puts a mark in the place of characters that no XML document can carry', () => {
    expect(row({ title: 'a\u0000b\ud800c😀' }).text('title')).toBe('a\ufffdb\ufffdc😀')
  })

  it('names the column and not the value when something required is empty', () => {
    expect(() => row({ title: '' }).required('title')).toThrow('column title of view emrex_result is empty')
  })

  it('gives bytes, and refuses text in their place', () => {
    expect(row({ content: Buffer.from('x') }).bytes('content')).toEqual(Buffer.from('x'))
    expect(row({ content: null }).bytes('content')).toBeUndefined()
    expect(() => row({ content: 'x' }).bytes('content')).toThrow('is not binary')
  })
})
