import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packElmo, signElmo, writeElmo } from '@emrex-gateway/elmo'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { makeElmo } from './make-elmo.mjs'

/**
 * Writes what all engines read into a folder: `key.pem`, `certificate.pem`, and of each document its model `NAME.json`,
 * `NAME.unsigned.xml`, `NAME.signed.xml` (RSA-2048, SHA-256, enveloped, inclusive canonicalisation) and
 * `NAME.packed` (gzip, base64).
 *
 * @param {readonly import('./make-elmo.mjs').DocumentName[]} names
 */
export async function makeBenchFiles(names) {
  const folder = mkdtempSync(join(tmpdir(), 'emrex-bench-elmo-'))
  const signer = await makeThrowawaySigner()
  writeFileSync(join(folder, 'key.pem'), signer.privateKey)
  writeFileSync(join(folder, 'certificate.pem'), signer.certificate)
  /** @type {Record<string, { signedBytes: number, packedBytes: number }>} */
  const sizes = {}
  for (const name of names) {
    const elmo = makeElmo(name)
    const unsigned = writeElmo(elmo)
    const signed = signElmo(unsigned, signer)
    const packed = packElmo(signed)
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(elmo))
    writeFileSync(join(folder, `${name}.unsigned.xml`), unsigned)
    writeFileSync(join(folder, `${name}.signed.xml`), signed)
    writeFileSync(join(folder, `${name}.packed`), packed)
    sizes[name] = { signedBytes: signed.length, packedBytes: packed.length }
  }
  return { folder, sizes, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
