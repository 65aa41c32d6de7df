import { ElmoError } from '../elmo-error.js'
import type { ElmoLimits } from '../limits.js'
import { parseXml } from './parse-xml.js'

const parse = (text: string, limits?: Partial<ElmoLimits>) => parseXml(Buffer.from(text), limits).root

function refusal(bytes: string | Uint8Array, limits?: Partial<ElmoLimits>): ElmoError {
  try {
    parseXml(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, limits)
  } catch (error) {
    if (error instanceof ElmoError) return error
    throw error
  }
  throw new Error('The document was accepted.')
}

describe('parseXml', () => {
  // Encoding is looked at in slices of 4 MiB: a character may stand on both sides of a cut.
  it.each([-4, -3, -2, -1, 0, 1])('takes a long text with characters of several bytes at %i of a slice', (shift) => {
    const before = 'a'.repeat(4 * 2 ** 20 - '<a>'.length + shift)
    expect(parse(`<a>${before}漢😀</a>`).children).toEqual([`${before}漢😀`])
    const wrong = Buffer.from(`<a>${before}漢😀</a>`)
    wrong[wrong.indexOf('漢') + 1] = 0x41
    expect(refusal(wrong).code).toBe('ELMO_ENCODING')
    expect(refusal(`<a>${before}\uffff</a>`)).toMatchObject({
      code: 'ELMO_NOT_WELL_FORMED',
      details: { line: 1, column: 4 * 2 ** 20 + shift + 1 },
    })
  })

  it('reads elements, attributes and text in order', () => {
    const root = parse('<a x="1" y=\'2\'>one<b/>two<c>three</c ></a>')
    expect(root.attributes.map(({ name, value }) => [name, value])).toEqual([
      ['x', '1'],
      ['y', '2'],
    ])
    expect(root.children.map((child) => (typeof child === 'string' ? child : child.name))).toEqual([
      'one',
      'b',
      'two',
      'c',
    ])
  })

  it('takes a BOM, CRLF and a missing XML declaration', () => {
    expect(
      parse('\ufeff<?xml version="1.0" encoding="utf-8" standalone="no"?>\r\n<a>x\r\ny\rz</a>\r\n').children,
    ).toEqual(['x\ny\nz'])
    expect(parse('<a/>').name).toBe('a')
  })

  it('resolves the five entities and character references, and keeps what a reference wrote', () => {
    expect(parse('<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;&#13;\r\n</a>').children).toEqual(['<>&"\'A\u{1F600}\r\n'])
    expect(parse('<a b="&#10;&#9;\t\r\n&lt;"/>').attributes[0]?.value).toBe('\n\t  <')
  })

  it('makes one text of text, CDATA and what stands around a comment', () => {
    expect(parse('<a>Ryg<!-- x -->iel<![CDATA[<s&]]>ki</a>').children).toEqual(['Rygiel<s&ki'])
  })

  it('resolves namespaces where they are declared, redeclared and undeclared', () => {
    const root = parse('<p:a xmlns:p="urn:1" xmlns="urn:d" p:x="" x=""><b xmlns=""><p:c xmlns:p="urn:2"/></b></p:a>')
    const b = root.children[0] as typeof root
    const c = b.children[0] as typeof root
    expect([root.namespace, b.namespace, c.namespace]).toEqual(['urn:1', '', 'urn:2'])
    expect(root.attributes.map(({ localName, namespace }) => `${localName} ${namespace}`)).toEqual(['x urn:1', 'x '])
    expect([...root.declarations]).toEqual([
      ['p', 'urn:1'],
      ['', 'urn:d'],
    ])
  })

  it('tells where each element stands, in lines and in bytes', () => {
    const text = '<a>\n  <é>ü</é>\r\n <b/></a>'
    const [, first, , second] = parse(text).children
    expect(first).toMatchObject({ line: 2, column: 3, start: 6, end: 17 })
    expect(second).toMatchObject({ line: 3, column: 2 })
    expect(Buffer.from(text).toString('utf8', 6, 17)).toBe('<é>ü</é>')
  })

  it('lists comments and CDATA sections with their bytes, and counts nodes', () => {
    const { sections, comments, nodes } = parseXml(Buffer.from('<!--1--><a>x<![CDATA[y]]></a>'))
    expect(sections).toEqual([
      { kind: 'comment', start: 0, end: 8 },
      { kind: 'cdata', start: 12, end: 25 },
    ])
    expect({ comments, nodes }).toEqual({ comments: 1, nodes: 4 })
  })

  it.each([
    ['UTF-16 with a mark', Buffer.from('\ufeff<a/>', 'utf16le')],
    ['UTF-16 without one', Buffer.from('<a/>', 'utf16le')],
    ['Latin-1 bytes', Buffer.from('<a>\xe9</a>', 'latin1')],
    ['an overlong form', Buffer.from([0x3c, 0x61, 0x3e, 0xc0, 0xbc, 0x3c, 0x2f, 0x61, 0x3e])],
    ['another declared encoding', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a/>')],
  ])('refuses %s as another encoding', (_name, bytes) => {
    expect(refusal(bytes).code).toBe('ELMO_ENCODING')
  })

  it.each([
    ['a DOCTYPE', '<!DOCTYPE a><a/>'],
    ['a processing instruction in a value', '<a>12<?x .?>5</a>'],
    ['a processing instruction before the root', '<?xml-stylesheet href="x"?><a/>'],
    ['an XML declaration that is not at the start', ' <?xml version="1.0"?><a/>'],
    ['another entity', '<a>&nbsp;</a>'],
    ['another entity in an attribute', '<a b="&x;"/>'],
  ])('refuses %s as forbidden markup', (_name, text) => {
    expect(refusal(text).code).toBe('ELMO_FORBIDDEN_MARKUP')
  })

  it.each([
    ['nothing', ''],
    ['text only', 'x'],
    ['an open element', '<a><b></b>'],
    ['a wrong end tag', '<a></b>'],
    ['an end tag too many', '<a/></a>'],
    ['a second root', '<a/><b/>'],
    ['text after the root', '<a/>x'],
    ['CDATA after the root', '<a/><![CDATA[x]]>'],
    ['an attribute twice', '<a b="" b=""/>'],
    ['an attribute twice by its expanded name', '<a xmlns:p="u" xmlns:q="u" p:b="" q:b=""/>'],
    ['an undeclared prefix', '<p:a/>'],
    ['an undeclared prefix of an attribute', '<a p:b=""/>'],
    ['a prefix used after its element ended', '<a><b xmlns:p="u"/><p:c/></a>'],
    ['an undeclared declaration', '<a xmlns:p=""/>'],
    ['a declaration twice', '<a xmlns:p="u" xmlns:p="u"/>'],
    ['the prefix xmlns declared', '<a xmlns:xmlns="u"/>'],
    ['the prefix xml bound elsewhere', '<a xmlns:xml="u"/>'],
    ['the namespace of xml bound to another prefix', '<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>'],
    ['an element with the prefix xmlns', '<xmlns:a/>'],
    ['two colons', '<a:b:c xmlns:a="u"/>'],
    ['a name that starts with a digit', '<1a/>'],
    ['no name', '< a/>'],
    ['an attribute without value', '<a b/>'],
    ['an attribute without quotes', '<a b=c/>'],
    ['attributes without space', '<a b=""c=""/>'],
    ['< in an attribute', '<a b="<"/>'],
    ['an open attribute', '<a b="x'],
    ['an open start tag', '<a '],
    ['an open comment', '<a><!-- </a>'],
    ['-- in a comment', '<a><!-- -- --></a>'],
    ['a comment that ends with --->', '<a><!-- ---></a>'],
    ['open CDATA', '<a><![CDATA[ </a>'],
    [']]> in text', '<a>]]></a>'],
    ['a stray ampersand', '<a>a & b</a>'],
    ['a control character', '<a>\u0001</a>'],
    ['U+FFFE', '<a>\ufffe</a>'],
    ['a reference to NUL', '<a>&#0;</a>'],
    ['a reference to half a pair', '<a>&#xD800;</a>'],
    ['a reference beyond Unicode', '<a>&#99999999999;</a>'],
    ['XML 1.1', '<?xml version="1.1"?><a/>'],
    ['a malformed declaration', '<?xml encoding="UTF-8"?><a/>'],
    ['unknown markup', '<a><!ELEMENT b ANY></a>'],
  ])('refuses %s as not well-formed', (_name, text) => {
    expect(refusal(text).code).toBe('ELMO_NOT_WELL_FORMED')
  })

  it('calls an XML declaration behind an empty line by its name: many a script writes one', () => {
    const late = refusal('\n<?xml version="1.0"?>\n<a/>')
    expect([late.message, late.details]).toEqual([expect.stringContaining('XML declaration'), { line: 2, column: 1 }])
    expect(refusal('<a/>\n<?xml-stylesheet href="x"?>').message).toContain('a processing instruction')
  })

  it('says where, and quotes nothing', () => {
    const error = refusal('<a>\r\nTolvan & Tolvansson</a>')
    expect(error.details).toMatchObject({ line: 2, column: 8 })
    expect(error.message).not.toContain('Tolvan')
  })

  it.each<[string, string, Partial<ElmoLimits>, string]>([
    ['bytes', '<a>12345678</a>', { maxBytes: 15 }, '<a>123456789</a>'],
    ['depth', '<a><b></b></a>', { maxDepth: 2 }, '<a><b><c/></b></a>'],
    ['attributes', '<a b="" xmlns="u"/>', { maxAttributes: 2 }, '<a b="" c="" d=""/>'],
    ['nodes', '<a>x<b/></a>', { maxNodes: 3 }, '<a>x<b/>y</a>'],
    ['nodes that are comments', '<a><!----><!----></a>', { maxNodes: 3 }, '<a><!----><!----><!----></a>'],
  ])('holds the limit of %s', (name, within, limits, beyond) => {
    const code = {
      bytes: 'ELMO_TOO_LARGE',
      depth: 'ELMO_TOO_DEEP',
      attributes: 'ELMO_TOO_MANY_ATTRIBUTES',
    }[name]
    expect(parse(within, limits).name).toBe('a')
    expect(refusal(beyond, limits).code).toBe(code ?? 'ELMO_TOO_MANY_NODES')
  })

  it('holds a limit of 1000 characters for names', () => {
    const declaring = (length: number): string => `<a xmlns="${'u'.repeat(length)}"/>`
    expect(parse(declaring(1000)).namespace).toHaveLength(1000)
    expect(refusal(declaring(1001)).code).toBe('ELMO_TOO_LARGE')
    expect(refusal(`<${'a'.repeat(1001)}/>`).code).toBe('ELMO_TOO_LARGE')
  })

  it('reads 200,000 levels without recursion where the caller allows them', () => {
    const levels = 200_000
    const deep = '<a>'.repeat(levels) + '</a>'.repeat(levels)
    expect(parse(deep, { maxDepth: levels }).end).toBe(deep.length)
    expect(refusal(deep).code).toBe('ELMO_TOO_DEEP')
  })

  it('reads 300,000 character references as fast as other text', () => {
    // With a glance back at each, this would take minutes.
    const references = '&#x41;'.repeat(300_000)
    expect(parse(`<a b="${references}">${references}</a>`).children).toEqual(['A'.repeat(300_000)])
    const stray = refusal(`<a>é${references}&#0;</a>`)
    expect(stray.details).toEqual({ line: 1, column: 6 + references.length })
  })
})
