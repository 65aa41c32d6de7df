import { languageOf } from './language-of.js'

describe('languageOf', () => {
  it.each([
    ['sv-FI,sv;q=0.9,en;q=0.8', 'sv'],
    ['de, en;q=0.5, fi;q=0.7', 'fi'],
    ['en-GB', 'en'],
    ['pl', 'en'],
    ['*', 'en'],
    ['fi;q=0, sv', 'sv'],
    ['fi;q=0', 'en'],
    ['FI', 'fi'],
    ['s, svenska', 'en'],
    ['sv;q=x, fi;q=0.1', 'fi'],
    ['', 'en'],
    [undefined, 'en'],
  ])('%p: %s', (header, language) => {
    expect(languageOf(header, ['en', 'fi', 'sv'])).toBe(language)
  })

  it('bears a header of thousands of parts', () => {
    expect(languageOf(`fi${'-x'.repeat(5000)}`, ['en', 'fi'])).toBe('fi')
    expect(languageOf('-'.repeat(15_000), ['en', 'fi'])).toBe('en')
  })
})
