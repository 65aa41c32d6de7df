import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import fc from 'fast-check'
import { describeWith, describeWithShared } from '@emrex-gateway/testing'
import { ElmoError } from '../src/elmo-error.js'
import { unpackElmo } from '../src/packing/unpack-elmo.js'
import { canonicalBytes } from '../src/xml/canonical-chunks.js'
import { scanXml } from '../src/xml/scan-xml.js'
import { canonicalByXmlCrypto, canonicalByXmllint, type Form } from './canonical-by-others.js'
import { hasRelativeNamespace } from './has-relative-namespace.js'
import { malformedDocument, soundDocument } from './malformed-documents.js'
import { document } from './signed-documents.js'
import { xmlElement } from './xml-arbitrary.js'

jest.setTimeout(1_200_000)

const isLong = process.env['EMREX_LONG_TESTS'] !== undefined
const count = isLong ? 10_000 : 1_000
/** xml-crypto takes its time, and a square of the number of nodes. */
const xmlCryptoEvery = isLong ? 1 : 4
const nodesForXmlCrypto = 2_000

const forms = ['inclusive', 'exclusive'] as const

function ours(xml: Uint8Array, form: Form): string {
  const tape = scanXml(xml)
  return canonicalBytes(tape, tape.root, form === 'exclusive' ? { exclusive: { prefixes: [] } } : {}).toString()
}

function isSound(xml: Uint8Array): boolean {
  try {
    scanXml(xml)
    return true
  } catch (error) {
    if (error instanceof ElmoError) return false
    throw error
  }
}

/** The documents whose canonical form somebody finds to be another. */
function differing(documents: readonly Uint8Array[], form: Form): string[] {
  const others = canonicalByXmllint(documents, form)
  return documents.flatMap((xml, index) => {
    const own = ours(xml, form)
    // xmllint gives no canonical form where it is not defined.
    const expected = others[index] ?? (hasRelativeNamespace(xml) ? own : 'none')
    const isAsked = index % xmlCryptoEvery === 0 && scanXml(xml).length < nodesForXmlCrypto
    const reference = isAsked ? canonicalByXmlCrypto(xml, form) : own
    return own === expected && own === reference ? [] : [Buffer.from(xml).toString()]
  })
}

describe('canonicalBytes', () => {
  it.each(forms)('escapes the names of namespaces in %s form, which libxml2 does not', (form) => {
    const xml = Buffer.from(`<p:a xmlns:p='urn:?a=1&amp;b="&lt;&#9;'/>`)
    const expected = '<p:a xmlns:p="urn:?a=1&amp;b=&quot;&lt;&#x9;"></p:a>'
    expect([ours(xml, form), canonicalByXmlCrypto(xml, form)]).toEqual([expected, expected])
  })

  describeWith(describe, 'xmllint', 'beside xmllint and xml-crypto', () => {
    it.each(forms)(`gives the same ${count} generated documents in %s form`, (form) => {
      const samples = fc.sample(xmlElement, { seed: 51, numRuns: count })
      const documents = samples.map((sample, index) =>
        Buffer.from(index % 3 === 0 ? document.replace('kept', () => sample) : sample),
      )
      expect(differing(documents, form)).toEqual([])
    })

    it.each(forms)(`gives the same ${count} mutations of documents in %s form`, (form) => {
      const testdata = new URL('../testdata/', import.meta.url)
      const sound = readdirSync(testdata)
        .filter((name) => name.endsWith('.xml'))
        .map((name) => soundDocument(readFileSync(fileURLToPath(new URL(name, testdata)))))
      const documents: Uint8Array[] = []
      for (let number = 0; documents.length < count; number++) {
        const mutation = malformedDocument(sound, number)
        if (typeof mutation !== 'string' && mutation.length < 100_000 && isSound(mutation)) documents.push(mutation)
      }
      expect(differing(documents, form)).toEqual([])
    })

    describeWithShared(describe, 'on the shared corpus', (shared) => {
      it.each(forms)('gives every document in %s form', (form) => {
        const corpus = join(shared, 'elmo/corpus')
        const documents = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.(xml|b64gz\.txt|b64-only\.txt)$/.test(name))
          .map((name) => {
            const raw = readFileSync(join(corpus, name))
            return name.endsWith('.txt') ? unpackElmo(raw.toString('latin1')).xml : raw
          })
          .filter(isSound)
        expect(documents.length).toBeGreaterThan(200)
        expect(differing(documents, form).length).toBe(0)
      })
    })
  })
})
