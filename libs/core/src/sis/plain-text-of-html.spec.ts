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

  it('knows the letters and signs that editors write by name, in either case', () => {
    expect(
      plainTextOfHtml('Og&oacute;lne &ndash; &Ouml;kologie f&uuml;r &Alpha;&alpha;, &yuml;&rsquo;s &euro; &sigmaf;'),
    ).toBe('Ogólne – Ökologie für Αα, ÿ’s € ς')
    expect(plainTextOfHtml('R&D; &constructor; &toString;')).toBe('R&D; &constructor; &toString;')
  })

  it('keeps apart the cells of a table, terms and what is said of them, and a list from the words before it', () => {
    const table = '<table><tr><th>Grade</th><th>Meaning</th></tr><tr><td>A</td> <td>best</td></tr></table>'
    expect(plainTextOfHtml(table)).toBe('Grade | Meaning\nA | best')
    expect(plainTextOfHtml('<dl><dt>A</dt><dd>best</dd></dl>')).toBe('A\nbest')
    expect(plainTextOfHtml('Topics:<ul><li>sets</li><li>maps</li></ul>and more')).toBe('Topics:\nsets\nmaps\nand more')
  })

  it('comes through mark-up that never ends, by which a document could hold the gateway up for minutes', () => {
    for (const piece of ['<script ', '<!--', '<a ', '&a', ' \n'])
      expect(typeof plainTextOfHtml(piece.repeat(2_000_000 / piece.length))).toBe('string')
  })

  it('keeps a lone less-than sign', () => {
    expect(plainTextOfHtml('5 < 6 and 7 > 3')).toBe('5 < 6 and 7 > 3')
  })
})
