import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import fc from 'fast-check'
import { describeWith, makeThrowawaySigner, type ThrowawaySigner } from '@emrex-gateway/testing'
import { ElmoError } from '../src/elmo-error.js'
import { parseXml } from '../src/xml/parse-xml.js'
import { signElmo } from '../src/signature/sign-elmo.js'
import { verifyElmo } from '../src/signature/verify-elmo.js'
import { document, uris } from './signed-documents.js'
import { signatureTemplate, type SignatureTemplate } from './signature-template.js'
import { xmlElement } from './xml-arbitrary.js'
import { signWithXmlsec } from './xmlsec.js'

jest.setTimeout(120_000)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'elmo-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const xmlsec = (...args: string[]): string => {
  const { status, stderr } = spawnSync('xmlsec1', args, { encoding: 'utf8', timeout: 60_000 })
  return status === 0 ? 'ok' : `status ${status}: ${stderr}`
}

/** A document with an empty signature for xmlsec1 to fill. */
function template(xml: string, choice: SignatureTemplate): string {
  const p = choice.prefix ? `${choice.prefix}:` : ''
  const end = xml.lastIndexOf('</')
  return xml.slice(0, end) + signatureTemplate({ ...choice, keyInfo: `<${p}X509Data/>` }) + xml.slice(end)
}

async function signedByXmlsec(xml: string, signer: ThrowawaySigner): Promise<Buffer> {
  const [signed] = await signWithXmlsec([Buffer.from(xml)], signer)
  return Buffer.from(signed!)
}

const verdict = (xml: Uint8Array, signer: ThrowawaySigner, sha1Until?: string): string => {
  const outcome = verifyElmo(xml, { certificates: [signer.certificate], at: new Date(), sha1Until })
  return outcome.verified ? 'verified' : `${outcome.code}: ${outcome.message}`
}

describeWith(describe, 'xmlsec1', 'signatures and xmlsec1', () => {
  it('xmlsec1 verifies what signElmo signs', async () => {
    const signer = await makeThrowawaySigner({ commonName: 'Test "&\\<\\> Önskad' })
    const certificate = file('trusted.pem', signer.certificate)
    const samples = fc
      .sample(xmlElement, { seed: 3, numRuns: 25 })
      .map((sample) => document.replace('kept', () => sample))
    for (const sample of [document, document.replace('<elmo', '<elmo xml:lang="en"'), ...samples]) {
      const path = file('ours.xml', signElmo(Buffer.from(sample), signer))
      expect(xmlsec('--verify', '--enabled-key-data', 'x509', '--pubkey-cert-pem', certificate, path)).toBe('ok')
      expect(xmlsec('--verify', '--trusted-pem', certificate, path)).toBe('ok')
    }
    const changed = file(
      'changed.xml',
      Buffer.from(signElmo(Buffer.from(document), signer))
        .toString()
        .replace('7.5', '75'),
    )
    expect(xmlsec('--verify', '--pubkey-cert-pem', certificate, changed)).not.toBe('ok')
  })

  it('verifyElmo verifies every accepted combination that xmlsec1 signs', async () => {
    const rsa = await makeThrowawaySigner()
    const ec = await makeThrowawaySigner({ key: { type: 'ec', curve: 'P-256' } })
    const { inclusive, exclusive, enveloped } = uris
    for (const [keyType, signer] of [
      ['rsa', rsa],
      ['ecdsa', ec],
    ] as const) {
      for (const hash of ['sha256', 'sha384', 'sha512'] as const) {
        for (const canonicalization of [inclusive, exclusive]) {
          for (const transforms of [[enveloped], [enveloped, inclusive], [enveloped, exclusive]]) {
            const choice = { keyType, hash, canonicalization, transforms, prefix: hash === 'sha384' ? 'ds' : '' }
            expect([choice, verdict(await signedByXmlsec(template(document, choice), signer), signer)]).toEqual([
              choice,
              'verified',
            ])
          }
        }
      }
    }
  })

  it('verifyElmo verifies SHA-1 of xmlsec1 under the exception alone', async () => {
    const signer = await makeThrowawaySigner()
    const signed = await signedByXmlsec(template(document, { hash: 'sha1' }), signer)
    expect(verdict(signed, signer)).toContain('ELMO_SIGNATURE_WEAK')
    expect(verdict(signed, signer, '2099-12-31')).toBe('verified')
  })

  it('verifyElmo follows the prefix list of exclusive canonicalisation', async () => {
    const signer = await makeThrowawaySigner()
    const choice = { canonicalization: uris.exclusive, transforms: [uris.enveloped, uris.exclusive] }
    expect(
      verdict(await signedByXmlsec(template(document, { ...choice, prefixList: 'Big small' }), signer), signer),
    ).toBe('verified')
  })

  it.each([
    ['xml:lang on the root', document.replace('<elmo', '<elmo xml:lang="en"')],
    ['a namespace of the root in upper and lower case', document],
    [
      'a signature with other namespaces before it',
      document.replace('kept', `<x:y xmlns:x="urn:x"><Signature xmlns="${uris.dsig}"><SignedInfo/></Signature></x:y>`),
    ],
  ])('verifyElmo takes the context of SignedInfo from the right place: %s', async (_name, xml) => {
    const signer = await makeThrowawaySigner()
    for (const signaturePrefix of ['', 'ds']) {
      expect(verdict(await signedByXmlsec(template(xml, { prefix: signaturePrefix }), signer), signer)).toBe('verified')
    }
  })

  it('both find the same canonical form, however a document is written', async () => {
    const signer = await makeThrowawaySigner()
    const { inclusive, exclusive, enveloped } = uris
    await fc.assert(
      fc.asyncProperty(
        xmlElement,
        fc.constantFrom([enveloped], [enveloped, exclusive]),
        fc.constantFrom(inclusive, exclusive),
        async (sample, transforms, canonicalization) => {
          const xml = template(
            document.replace('kept', () => sample),
            { transforms, canonicalization },
          )
          expect(verdict(await signedByXmlsec(xml, signer), signer)).toBe('verified')
        },
      ),
      { seed: 11, numRuns: 60 },
    )
  })
})

describeWith(describe, 'xmllint', 'parseXml and xmllint', () => {
  /** The code of a refusal, or undefined. */
  const refusal = (bytes: Uint8Array): string | undefined => {
    try {
      parseXml(bytes)
    } catch (error) {
      if (error instanceof ElmoError) return error.code
      throw error
    }
    return undefined
  }

  it('parseXml accepts nothing that xmllint refuses, and refuses beyond it only what is meant to be', () => {
    const sources = fc
      .sample(xmlElement, { seed: 5, numRuns: 60 })
      .map((sample) => Buffer.from(document.replace('kept', () => sample)))
    const begin = document.indexOf('<elmo')
    const edit = fc.record({
      source: fc.constantFrom(...sources),
      at: fc.nat(),
      remove: fc.nat(3),
      insert: fc.constantFrom(
        '',
        '<',
        '>',
        '&',
        '/',
        '"',
        "'",
        '=',
        ':',
        ' ',
        '-',
        '!',
        '?',
        ']',
        ']]>',
        '<!--',
        '-->',
        '<a>',
        '</a>',
        '&#0;',
        '&x;',
        '\u0001',
        'xmlns:p=""',
        '<?p x?>',
      ),
    })
    const mutants = fc.sample(edit, { seed: 6, numRuns: 1_500 }).map(({ source, at, remove, insert }) => {
      // Behind the XML declaration, which xmllint reads less strictly than it is defined.
      const offset = begin + (at % (source.length - begin))
      return Buffer.concat([source.subarray(0, offset), Buffer.from(insert), source.subarray(offset + remove)])
    })
    const paths = mutants.map((mutant, i) => file(`mutant-${i}.xml`, mutant))
    const { stderr } = spawnSync('xmllint', ['--noout', '--nonet', ...paths], { encoding: 'utf8', maxBuffer: 2 ** 28 })
    // A namespace name that is no URI is discouraged, not ill-formed.
    const refused = new Set(
      [...stderr.matchAll(/mutant-(\d+)\.xml:\d+: (?:parser|namespace) error(?!.*is not a valid URI)/g)].map(([, i]) =>
        Number(i),
      ),
    )
    const verdicts = mutants.map((mutant, i) => ({ i, theirs: refused.has(i), ours: refusal(mutant) }))
    expect(
      verdicts.filter(({ theirs, ours }) => theirs && ours === undefined).map(({ i }) => mutants[i]?.toString()),
    ).toEqual([])
    const stricter = verdicts.filter(({ theirs, ours }) => !theirs && ours !== undefined)
    expect(
      stricter.filter(({ ours }) => ours === 'ELMO_NOT_WELL_FORMED').map(({ i }) => mutants[i]?.toString()),
    ).toEqual([])
    expect(verdicts.filter(({ theirs }) => theirs).length).toBeGreaterThan(300)
    expect(verdicts.filter(({ ours }) => ours === undefined).length).toBeGreaterThan(300)
  })
})
