import { plainTextOfHtml } from './plain-text-of-html.js'

describe('plainTextOfHtml', () => {
  it('keeps the words and breaks lines where blocks end', () => {
    expect(plainTextOfHtml('<p>One &amp; <b>two</b></p><ul><li>three</li><li>four</li></ul>')).toBe(
      'One & two\nthree\nfour',
    )
  })

  it('drops scripts, styles and comments with their content, closed or not', () => {
    expect(plainTextOfHtml('a<script>alert(1)</script>b<style>x{}</style>c<!-- d -->e')).toBe('abce')
    expect(plainTextOfHtml('a<script>alert(1)')).toBe('a')
  })

  it('decodes a reference once, so that text about markup stays text', () => {
    expect(plainTextOfHtml('&amp;lt;b&amp;gt; &#x41;&#66;')).toBe('&lt;b&gt; AB')
  })

  it('leaves references alone that no document could carry', () => {
    expect(plainTextOfHtml('a&#0;b&#xD800;c&#x110000;')).toBe('a&#0;b&#xD800;c&#x110000;')
  })

  it('keeps a lone less-than sign', () => {
    expect(plainTextOfHtml('5 < 6 and 7 > 3')).toBe('5 < 6 and 7 > 3')
  })
})
