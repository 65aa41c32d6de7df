import { remembered } from './remembered.js'

function counting(bounds: { maxEntries: number; maxLength: number }) {
  const made: string[] = []
  const ask = remembered((text) => {
    made.push(text)
    if (text === 'bad') throw new Error('refused')
    return { text }
  }, bounds)
  return { ask, made }
}

describe('remembered', () => {
  it('answers a known text with the same object', () => {
    const { ask, made } = counting({ maxEntries: 2, maxLength: 9 })
    expect(ask('a')).toBe(ask('a'))
    expect(made).toEqual(['a'])
  })

  it('forgets what was used least recently', () => {
    const { ask, made } = counting({ maxEntries: 2, maxLength: 9 })
    for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) ask(text)
    expect(made).toEqual(['a', 'b', 'c', 'b'])
  })

  it('remembers neither long texts nor refusals', () => {
    const { ask, made } = counting({ maxEntries: 2, maxLength: 3 })
    for (const text of ['long', 'long']) ask(text)
    for (let i = 0; i < 2; i++) expect(() => ask('bad')).toThrow('refused')
    expect(made).toEqual(['long', 'long', 'bad', 'bad'])
  })
})
