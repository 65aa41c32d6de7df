import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { jest } from '@jest/globals'
import fc from 'fast-check'
import { describeWith, makeThrowawaySigner } from '@emrex-gateway/testing'
import { signElmo } from '../src/signature/sign-elmo.js'
import { verifyElmo } from '../src/signature/verify-elmo.js'
import { document, signLikeOthers, uris, type Hash } from './signed-documents.js'
import { xmlElement } from './xml-arbitrary.js'

jest.setTimeout(300_000)

const program = fileURLToPath(new URL('java/VerifySignatures.java', import.meta.url))

/** What the JDK says of each document with its certificate. */
function verifyWithJdk(signed: readonly { readonly xml: Uint8Array; readonly certificate: string }[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'elmo-jdk-'))
  try {
    const lines = signed.map(({ xml, certificate }, index) => {
      const [document, key] = [join(folder, `${index}.xml`), join(folder, `${index}.pem`)]
      writeFileSync(document, xml)
      writeFileSync(key, certificate)
      return `${document}\t${key}`
    })
    const list = join(folder, 'list.txt')
    writeFileSync(list, lines.join('\n'))
    const { stdout, stderr, status } = spawnSync('java', [program, list], { encoding: 'utf8', timeout: 240_000 })
    if (status !== 0) throw new Error(stderr)
    return stdout.trim().split('\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describeWith(describe, 'java', 'signatures and the XMLDSig of the JDK', () => {
  it('the JDK verifies what signElmo signs, however the document is written, and refuses it changed', async () => {
    const signer = await makeThrowawaySigner({ commonName: 'Test "&\\<\\> Önskad' })
    const samples = fc.sample(xmlElement, { seed: 31, numRuns: 60 })
    const documents = [
      document,
      document.replaceAll('\n', '\r\n'),
      document.replace('<elmo', '<elmo xml:lang="en"'),
      document.replace('xmlns:Big="urn:big"', 'xmlns:Big="http://example.org/?a=1&amp;b=2"'),
      ...samples.map((sample) => document.replace('kept', () => sample)),
    ]
    const signed = documents.map((xml) => Buffer.from(signElmo(Buffer.from(xml), signer)))
    const changed = signed.map((xml) => Buffer.from(xml.toString().replace('7.5', '75')))
    const { certificate } = signer
    const verdicts = verifyWithJdk([...signed, ...changed].map((xml) => ({ xml, certificate })))
    expect(verdicts).toEqual([...signed.map(() => 'holds'), ...changed.map(() => 'does not hold')])
    for (const xml of signed) {
      for (const engine of ['fast', 'reference'] as const) {
        expect(verifyElmo(xml, { certificates: [certificate], at: new Date(), engine }).verified).toBe(true)
      }
    }
  })

  it('the JDK finds every accepted algorithm and canonicalisation to hold that we do', async () => {
    const rsa = await makeThrowawaySigner()
    const curves = ['P-256', 'P-384', 'P-521'] as const
    const ec = await Promise.all(curves.map((curve) => makeThrowawaySigner({ key: { type: 'ec', curve } })))
    const signed = [rsa, ...ec].flatMap(({ privateKey, certificate }) =>
      (['sha1', 'sha256', 'sha384', 'sha512'] satisfies Hash[]).flatMap((hash) =>
        [uris.inclusive, uris.exclusive].map((canonicalization) => ({
          xml: signLikeOthers(document, privateKey, { hash, canonicalization, prefix: 'ds' }),
          certificate,
        })),
      ),
    )
    expect(verifyWithJdk(signed)).toEqual(signed.map(() => 'holds'))
    const policy = { at: new Date(), sha1Until: '2099-12-31' }
    const ours = signed.map(
      ({ xml, certificate }) => verifyElmo(xml, { certificates: [certificate], ...policy }).verified,
    )
    expect(ours).toEqual(signed.map(() => true))
  })
})
