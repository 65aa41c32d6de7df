import { findUntranslatedText } from './find-untranslated-text.js'

describe('findUntranslatedText', () => {
  it('finds a word that was written into a page or an attribute', () => {
    expect(findUntranslatedText('<p>⟦Héllo⟧ <b>World</b></p><a aria-label="Close">⟦x⟧</a>', [])).toEqual([
      'World',
      'Close',
    ])
  })

  it('finds a word beside a translated one', () => {
    expect(findUntranslatedText('<p>⟦a ⟦b⟧ c⟧: left over</p>', [])).toEqual([': left over'])
  })

  it('passes a title within a translated text, whatever its language', () => {
    expect(findUntranslatedText('<p>⟦párt óf <bdi lang="fi">Kurssi</bdi>··⟧</p>', [])).toEqual([])
  })

  it('passes data, numbers, signs, scripts and what is not shown', () => {
    const html = '<script>let x</script><p class="word">✓ 12.5 – Åsa &amp; Bo</p><input value="v">'
    expect(findUntranslatedText(html, ['Åsa & Bo'])).toEqual([])
  })
})
