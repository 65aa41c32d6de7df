import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unpackElmo } from '../../src/packing/unpack-elmo.js'
import { rawElementOf } from '../../src/xml/raw-tape.js'
import { scanXml } from '../../src/xml/scan-xml.js'
import { nodeKind, type XmlTape } from '../../src/xml/xml-tape.js'

export interface CorpusElement {
  readonly file: string
  readonly xml: Uint8Array
}

/** The namespace of a prefix at an element: what its ancestors declare. */
function namespaceAbove(tape: XmlTape, node: number, prefix: string): string | undefined {
  let found: string | undefined
  for (let above = tape.root; above < node; above++) {
    if (tape.kind(above) !== nodeKind.element || tape.next(above) <= node) continue
    const first = tape.firstDeclaration(above)
    for (let each = first; each < first + tape.declarationCount(above); each++) {
      if (tape.declarationPrefix(each) === prefix) found = tape.declarationUri(each)
    }
  }
  return found
}

/** The ELMO elements inside a document of another kind, each able to stand alone. */
function elementsInside(xml: Uint8Array): Uint8Array[] {
  const tape = scanXml(xml)
  const found: Uint8Array[] = []
  for (let node = tape.root; node < tape.length; node++) {
    if (tape.kind(node) !== nodeKind.element || tape.name(node).localName !== 'elmo') continue
    found.push(Buffer.from(rawElementOf(tape, node, (prefix) => namespaceAbove(tape, node, prefix))))
  }
  return found
}

const isWrapped = (xml: Uint8Array): boolean =>
  /imobility-tors-get-response|omobility|tors-response/.test(Buffer.from(xml).toString('latin1'))

/** Every ELMO element of the corpus: documents, what is packed in them, and what stands inside answers of EWP. */
export function corpusElements(corpus: string): CorpusElement[] {
  const folders = readdirSync(corpus, { withFileTypes: true }).filter(
    (each) => each.isDirectory() && each.name !== 'edge',
  )
  return folders.flatMap(({ name: folder }) =>
    readdirSync(join(corpus, folder))
      .filter((name) => /\.xml$|\.b64(gz|-only)\.txt$/.test(name))
      .flatMap((name) => {
        const raw = readFileSync(join(corpus, folder, name))
        const xml = name.endsWith('.txt') ? unpackElmo(raw.toString('latin1')).xml : raw
        const file = `${folder}/${name}`
        if (!isWrapped(xml)) return [{ file, xml }]
        return elementsInside(xml).map((inner, index) => ({ file: `${file}#${index}`, xml: inner }))
      }),
  )
}
