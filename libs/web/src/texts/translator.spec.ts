import { offeredLanguages, translator } from './translator.js'
import { pseudoLanguage } from './pseudo-text.js'

describe('translator', () => {
  it('puts values in their places', () => {
    expect(translator('en')('site.document-title', { title: 'A', site: 'B' })).toBe('A – B')
  })

  it('puts a value in as it is, whatever it looks like', () => {
    const host = '<b>{{host}} $t(site.skip) & "'
    expect(translator('en')('hand-off.intro', { host })).toBe(
      `You go on to ${host}. If nothing happens, press the button.`,
    )
  })

  it('falls back to English', () => {
    expect(translator('xx')('choice.cancel')).toBe('Cancel')
  })

  it('knows the pseudo language, which is not offered', () => {
    expect(translator(pseudoLanguage)('choice.cancel')).toMatch(/^⟦Çáñçél·+⟧$/)
    expect(translator(pseudoLanguage)('hand-off.intro', { host: 'host.example' })).toContain(' host.example. ')
    expect(offeredLanguages).not.toContain(pseudoLanguage)
  })

  it('refuses to compile a missing or unknown value', () => {
    const t = translator('en')
    // @ts-expect-error: `host` is missing
    t('hand-off.intro')
    // @ts-expect-error: there is no such text
    t('hand-off.nothing')
    // @ts-expect-error: the text has no place for it
    expect(t('choice.cancel', { host: 'x' })).toBe('Cancel')
  })
})
