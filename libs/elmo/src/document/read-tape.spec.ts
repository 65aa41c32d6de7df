import { releaseXml } from '../../test/golden.js'
import { scanXml } from '../xml/scan-xml.js'
import { nodeKind, type XmlTape } from '../xml/xml-tape.js'
import { readTape } from './read-tape.js'

/** The last child of the root: its signature. */
function rootSignature(tape: XmlTape): number {
  let last = -1
  for (let node = tape.root + 1; node < tape.next(tape.root);) {
    const isElement = tape.kind(node) === nodeKind.element
    if (isElement) last = node
    node = isElement ? tape.next(node) : node + 1
  }
  return last
}

describe('readTape', () => {
  const damaged = releaseXml('1.2.0').toString().replace('<SignatureValue>', '<SignatureValue Wrong="1">')
  const tape = scanXml(Buffer.from(damaged))

  it('judges the signature of the document like all the rest', () => {
    const { releases, problems } = readTape(tape)
    expect(releases).toEqual([])
    expect(problems.map(({ rule, path }) => `${rule} ${path}`)).toEqual(['GRAMMAR-UNKNOWN-ATTRIBUTE /elmo/Signature/*'])
  })

  it('takes a signature that is to be skipped for there, and does not look into it', () => {
    const { releases, problems, elmo } = readTape(tape, { skip: rootSignature(tape), keepSignature: true })
    expect({ releases, problems }).toEqual({ releases: ['1.2.0', '1.4.0', '1.5.0', '1.6.0', '1.7.0'], problems: [] })
    expect(elmo.signature).toBeUndefined()
  })
})
