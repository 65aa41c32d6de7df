import { canonicalBytes } from './canonical-chunks.js'
import { sharedDictionary } from './name-dictionary.js'
import { scanInSteps, scanXml } from './scan-xml.js'
import type { ScannedXml } from './scanned-xml.js'
import { nodeKind } from './xml-tape.js'

const scan = (xml: string): ScannedXml => scanXml(Buffer.from(xml))

/** The names of all elements and attributes, as the document means them. */
function namesIn(tape: ScannedXml): string[] {
  const found: string[] = []
  for (let node = 0; node < tape.length; node++) {
    if (tape.kind(node) !== nodeKind.element) continue
    const { localName, namespace } = tape.name(node)
    found.push(`{${namespace}}${localName}`)
    const first = tape.firstAttribute(node)
    for (let each = first; each < first + tape.attributeCount(node); each++) {
      found.push(`@{${tape.attributeName(each).namespace}}${tape.attributeName(each).localName}`)
    }
  }
  return found
}

describe('the dictionary that documents share', () => {
  it('lets a prefix, and none, stand for what each document says', () => {
    for (const [one, other] of ['1', '2', '1'].map((n) => [`urn:one:${n}`, `urn:other:${n}`])) {
      const tape = scan(`<r xmlns="${one}" xmlns:p="${other}"><p:a p:x="">1</p:a><a x="">2</a><p:a>3</p:a></r>`)
      expect(namesIn(tape)).toEqual([
        `{${one}}r`,
        ...[`{${other}}a`, `@{${other}}x`],
        ...[`{${one}}a`, '@{}x'],
        `{${other}}a`,
      ])
    }
    expect(namesIn(scan('<r><a x="">1</a></r>'))).toEqual(['{}r', '{}a', '@{}x'])
    expect(() => scan('<r><p:a>1</p:a></r>')).toThrow('a prefix is not declared')
    expect(() => scan('<r><a p:x="">1</a></r>')).toThrow('a prefix is not declared')
  })

  it('takes no name for one that begins like it, or that it begins like', () => {
    const names = ['end', 'ende', 'endorse', 'en', 'endorsement', 'endorser', 'e', 'end-', 'endx']
    for (let turn = 0; turn < 3; turn++) {
      for (const before of names) {
        const inside = names.map((name) => `<${before}>t</${before}>\n  <${name}>t</${name}>`).join('')
        const expected = names.flatMap((name) => [`{}${before}`, `{}${name}`])
        expect(namesIn(scan(`<r>${inside}</r>`))).toEqual(['{}r', ...expected])
      }
    }
    for (const [name, other] of [
      ['end', 'ende'],
      ['ende', 'end'],
      ['endorse', 'endorsf'],
    ]) {
      expect(() => scan(`<r><${name}>t</${other}></r>`)).toThrow('an end tag without its start tag')
    }
  })

  it('reads to the last byte of a document', () => {
    for (const name of ['a', 'ab', 'abc', 'abcd', 'abcde']) {
      const xml = `<${name}><${name}>t</${name}></${name}>`
      for (let turn = 0; turn < 2; turn++) expect(namesIn(scan(xml))).toEqual([`{}${name}`, `{}${name}`])
      for (let length = 1; length < xml.length; length++) expect(() => scan(xml.slice(0, length))).toThrow()
    }
  })

  it('serves documents that are read at the same time', () => {
    const texts = [0, 1].map(
      (n) => `<r xmlns="urn:${n}">${`<a${n} b${n}="">t</a${n}><same>t</same>`.repeat(60_000)}</r>`,
    )
    const scans = texts.map((xml) => scanInSteps(Buffer.from(xml)))
    const tapes: ScannedXml[] = []
    while (tapes.length < scans.length) {
      scans.forEach((steps, n) => {
        const step = steps.next()
        if (step.done && step.value !== undefined) tapes[n] = step.value
      })
    }
    tapes.forEach((tape, n) => {
      const names = namesIn(tape)
      expect(names).toHaveLength(1 + 60_000 * 3)
      expect([...new Set(names)]).toEqual([`{urn:${n}}r`, `{urn:${n}}a${n}`, `@{}b${n}`, `{urn:${n}}same`])
    })
  })

  it('is put aside when it has grown large, and what was read with it stays as it was', () => {
    const before = scan('<first><second third="">t</second></first>')
    const used = sharedDictionary()
    const many = Array.from({ length: 1_500 }, (_, i) => `<name-${i}>t</name-${i}>`).join('')
    expect(namesIn(scan(`<r>${many}</r>`))).toHaveLength(1_501)
    expect(sharedDictionary()).not.toBe(used)
    const after = scan('<second><third first="">t</third></second>')
    expect(namesIn(before)).toEqual(['{}first', '{}second', '@{}third'])
    expect(namesIn(after)).toEqual(['{}second', '{}third', '@{}first'])
  })
})

describe('what is noted while scanning', () => {
  it('has every signature, wherever it stands and whichever prefix it has', () => {
    const ds = 'http://www.w3.org/2000/09/xmldsig#'
    const signature = '<ds:Signature>t</ds:Signature>'
    for (let turn = 0; turn < 2; turn++) {
      const tape = scan(
        `<r xmlns:ds="${ds}">${signature}<a>${signature}</a><Signature>t</Signature><Signature xmlns="${ds}">t</Signature></r>`,
      )
      expect(tape.signatures.map((node) => tape.writtenName(node))).toEqual([
        'ds:Signature',
        'ds:Signature',
        'Signature',
      ])
    }
  })

  it.each([
    ['<r><a/></r>', '<r><a></a></r>'],
    ['<r><a b="c"/>t</r>', '<r><a b="c"></a>t</r>'],
    ['<r><a b="c" /></r>', '<r><a b="c"></a></r>'],
    [`<r><a b='c'/></r>`, '<r><a b="c"></a></r>'],
    ['<r><a c="" b=""/></r>', '<r><a b="" c=""></a></r>'],
    ['<r><p:a xmlns:p="urn:p"/><b/></r>', '<r><p:a xmlns:p="urn:p"></p:a><b></b></r>'],
    ['<r xmlns="urn:r"><a xmlns="urn:r"/></r>', '<r xmlns="urn:r"><a></a></r>'],
    ['<r/>', '<r></r>'],
    ['<r xmlns="urn:r" a="&#65;"/>', '<r xmlns="urn:r" a="A"></r>'],
  ])('makes %s canonical', (xml, canonical) => {
    const tape = scan(xml)
    expect(canonicalBytes(tape, tape.root).toString()).toBe(canonical)
  })
})
