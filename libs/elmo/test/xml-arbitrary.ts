import fc from 'fast-check'

const some = (parts: readonly string[], maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...parts), { maxLength }).map((all) => all.join(''))

/** Content in which canonicalisation has something to do. */
const text = some(
  [
    ...['a', ' ', '\n', '\r\n', '\r', '\t', 'é', '😀', '\u2028', '\u0085', '\u00a0', '"', "'"],
    ...['&#13;', '&#x1F600;', '&#233;', '&#9;', '&#10;', '&lt;', '&gt;', '&amp;', '&quot;', '&apos;'],
    ...['<!-- c -->', '<!---->', '<![CDATA[<&\r\n"]]>', '<![CDATA[]]>', '<![CDATA[]]]]>', '>'],
  ],
  6,
).map((all) => all.replaceAll(']]>>', ']]> >'))

const value = some(
  [
    ...['a', ' ', '\n', '\t', '\r\n', '\r', 'ü', '😀', '\u2028', "'", '>'],
    ...['&#10;', '&#13;', '&#9;', '&#x20;', '&quot;', '&apos;', '&lt;', '&gt;', '&amp;'],
  ],
  5,
)
const prefix = fc.constantFrom('p', 'Q', 'b', 'A', '_x', 'é', 'Big')
const uri = fc.constantFrom('urn:1', 'urn:2', 'http://example.org/', 'urn:%20?a=b')
const attribute = fc.constantFrom('z', 'a', 'B', 'm')
const space = fc.constantFrom(' ', ' ', '\n', '  ', '\t', '\r\n')

/** Elements with declarations moved, redeclared and undeclared, attributes in any order, and any white space in tags. */
export const { element: xmlElement } = fc.letrec<{ element: string; content: string }>((tie) => ({
  content: fc
    .array(fc.oneof({ depthSize: 'small', withCrossShrink: true }, text, tie('element')), { maxLength: 3 })
    .map((parts) => parts.join('')),
  element: fc
    .record({
      declared: fc.uniqueArray(fc.tuple(prefix, uri), { maxLength: 3, selector: ([name]) => name }),
      standard: fc.option(fc.constantFrom('', 'urn:1', 'urn:3'), { nil: undefined }),
      plain: fc.uniqueArray(fc.tuple(attribute, value), { maxLength: 2, selector: ([name]) => name }),
      usesPrefix: fc.boolean(),
      language: fc.constantFrom(
        '',
        '',
        ' xml:lang="en"',
        ' xml:space="preserve"',
        ` xml:lang=''`,
        ' xmlns:xml="http://www.w3.org/XML/1998/namespace"',
      ),
      content: tie('content'),
      last: fc.boolean(),
      space,
      end: fc.constantFrom('', ' ', '\n'),
    })
    .map(({ declared, standard, plain, usesPrefix, language, content, last, space: between, end }) => {
      const first = declared[0]?.[0]
      const name = usesPrefix && first !== undefined ? `${first}:el` : 'el'
      const own = plain.map(([attributeName, attributeValue]) => ` ${attributeName}="${attributeValue}"`)
      const attributes = [
        ...(last ? [] : own),
        ...declared.map(([declaredPrefix, declaredUri]) => ` xmlns:${declaredPrefix}="${declaredUri}"`),
        ...(standard === undefined ? [] : [`${between}xmlns = '${standard}'`]),
        // Two prefixes of one namespace may not carry the same name.
        ...(first === undefined ? [] : [`${between}${first}:attr='1'`]),
        language,
        ...(last ? own : []),
      ].join('')
      return content === '' ? `<${name}${attributes}${end}/>` : `<${name}${attributes}${end}>${content}</${name}${end}>`
    }),
}))
