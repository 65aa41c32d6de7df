import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignedXml } from 'xml-crypto'
import { canonicalizations } from '../src/signature/canonicalizations.js'
import { plainMarkup } from '../src/signature/plain-markup.js'
import { transformUri } from '../src/signature/signature-algorithms.js'
import { parseXml } from '../src/xml/parse-xml.js'

export type Form = 'inclusive' | 'exclusive'

/** The canonical form of a document without comments, as the reference path has xml-crypto find it. */
export function canonicalByXmlCrypto(xml: Uint8Array, form: Form): string {
  const { root, sections } = parseXml(xml)
  let canonical = ''
  class Capture {
    getAlgorithmName = (): string => 'urn:digest'
    getHash = (text: string): string => {
      canonical = text
      return ''
    }
  }
  class Nothing {
    getAlgorithmName = (): string => 'urn:signature'
    getSignature = (): string => ''
    verifySignature = (): boolean => false
  }
  const library = new SignedXml({ privateKey: 'none', signatureAlgorithm: 'urn:signature' })
  library.canonicalizationAlgorithm = transformUri[form]
  library.HashAlgorithms = { 'urn:digest': Capture }
  library.SignatureAlgorithms = { 'urn:signature': Nothing as never }
  Object.assign(library.CanonicalizationAlgorithms, canonicalizations([], { name: 'none', ...noNames }))
  const transforms = [transformUri[form]]
  library.addReference({ xpath: '/*', isEmptyUri: true, transforms, digestAlgorithm: 'urn:digest' })
  library.computeSignature(plainMarkup(xml, sections, root))
  return canonical
}

const noNames = { attributes: [], declarations: new Map<string, string>() }

/** The canonical forms of documents without comments, by xmllint; undefined for one that it cannot read. */
export function canonicalByXmllint(documents: readonly Uint8Array[], form: Form): (string | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), 'elmo-canonical-'))
  try {
    // It writes one canonical form behind the other; a document of ours between two of them tells where each ends.
    const files = documents.flatMap((document, index) => {
      const [name, mark] = [`${index}.xml`, `mark-${index}.xml`]
      writeFileSync(join(folder, name), document)
      writeFileSync(join(folder, mark), `<mark-${index}-7c1e/>`)
      return [name, mark]
    })
    const args = [form === 'inclusive' ? '--c14n' : '--exc-c14n', '--nonet', '--huge', ...files]
    const { stdout } = spawnSync('xmllint', args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 29 })
    let from = 0
    return documents.map((_document, index) => {
      const mark = `<mark-${index}-7c1e></mark-${index}-7c1e>`
      const at = stdout.indexOf(mark, from)
      const own = stdout.slice(from, at)
      from = at + mark.length
      return own === '' ? undefined : withoutComments(own)
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** In canonical form `<!` begins a comment and nothing else; outside the root comments have lines of their own. */
const withoutComments = (canonical: string): string => canonical.replace(/<!--[^]*?-->/g, '').trim()
