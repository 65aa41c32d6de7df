import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ThrowawaySigner } from '../throwaway-signer.js'

/** Says which attribute of which elements, such as `NAMESPACE:NAME`, is the identifier that a reference names. */
const identifiers = (elements: readonly string[]) => elements.flatMap((element) => ['--id-attr:ID', element])

/**
 * Fills the signature template of a document by the program xmlsec1. `elements`, each `NAMESPACE:NAME`, may be referred to
 * by their attribute ID. @throws when xmlsec1 is missing or refuses.
 */
export async function signWithXmlsec1(
  template: string,
  signer: ThrowawaySigner,
  elements: readonly string[] = [],
): Promise<string> {
  return inTemporaryFolder(async (folder) => {
    const [document, key, certificate, signed] = ['document.xml', 'key.pem', 'certificate.pem', 'signed.xml'].map(
      (name) => join(folder, name),
    ) as [string, string, string, string]
    await writeFile(document, template)
    await writeFile(key, signer.privateKey)
    await writeFile(certificate, signer.certificate)
    const { exitCode, errors } = await run([
      '--sign',
      '--privkey-pem',
      `${key},${certificate}`,
      '--output',
      signed,
      ...identifiers(elements),
      document,
    ])
    if (exitCode !== 0) throw new Error(`xmlsec1 did not sign: ${errors}`)
    return readFile(signed, 'utf8')
  })
}

/**
 * Whether xmlsec1 finds the document's signature good under exactly this certificate's key. `elements` as in
 * `signWithXmlsec1`.
 */
export async function verifyWithXmlsec1(
  xml: string | Uint8Array,
  certificatePem: string,
  elements: readonly string[] = [],
): Promise<boolean> {
  return inTemporaryFolder(async (folder) => {
    const [document, certificate] = [join(folder, 'document.xml'), join(folder, 'certificate.pem')]
    await writeFile(document, xml)
    await writeFile(certificate, certificatePem)
    // Only key names are read from KeyInfo, so that a key inside the document is never taken.
    const { exitCode } = await run([
      '--verify',
      '--enabled-key-data',
      'key-name',
      '--pubkey-cert-pem',
      certificate,
      ...identifiers(elements),
      document,
    ])
    return exitCode === 0
  })
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'emrex-xmlsec1-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run(parameters: readonly string[]): Promise<{ exitCode: number; errors: string }> {
  return new Promise((resolve, reject) => {
    execFile('xmlsec1', parameters, { timeout: 60_000 }, (error, _output, errors) => {
      if (error !== null && typeof error.code !== 'number')
        return reject(new Error('xmlsec1 cannot be run; Debian has it in the package xmlsec1', { cause: error }))
      resolve({ exitCode: error === null ? 0 : Number(error.code), errors })
    })
  })
}
