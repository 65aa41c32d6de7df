import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ThrowawaySigner } from '@emrex-gateway/testing'

/** Left alone, xmlsec1 takes the first signature of a document. */
const ownSignature = ['--node-xpath', "/*/*[local-name()='Signature']"]

interface Said {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

const xmlsec = (folder: string, args: readonly string[]): Promise<Said> =>
  new Promise((resolve) => {
    const options = { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28, timeout: 300_000 } as const
    execFile('xmlsec1', args, options, (error, stdout, stderr) => resolve({ status: error ? 1 : 0, stdout, stderr }))
  })

async function inFolder<T>(documents: readonly Uint8Array[], work: (folder: string, names: string[]) => Promise<T>) {
  const folder = mkdtempSync(join(tmpdir(), 'elmo-xmlsec-'))
  try {
    const names = documents.map((document, index) => {
      writeFileSync(join(folder, `${index}.xml`), document)
      return `${index}.xml`
    })
    return await work(folder, names)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whether xmlsec1 finds the signature at the root of each document to hold with the key of this certificate or key. */
export function verifyWithXmlsec(documents: readonly Uint8Array[], pem: string): Promise<boolean[]> {
  return inFolder(documents, async (folder, names) => {
    writeFileSync(join(folder, 'key.pem'), pem)
    const key = [pem.includes('CERTIFICATE') ? '--pubkey-cert-pem' : '--pubkey-pem', 'key.pem']
    const refused = new Set<string>()
    // It ends at the first file that it refuses, and names it.
    const verify = async (files: readonly string[]): Promise<void> => {
      for (let from = 0; from < files.length;) {
        const rest = files.slice(from)
        const args = ['--verify', ...ownSignature, '--enabled-key-data', 'key-name', ...key, ...rest]
        const { status, stderr } = await xmlsec(folder, args)
        if (status === 0) return
        const name = /^Error: failed to verify file "(.*)"$/m.exec(stderr)?.[1] ?? ''
        const index = rest.indexOf(name)
        if (index < 0) throw new Error(`xmlsec1: ${stderr}`)
        refused.add(name)
        from += index + 1
      }
    }
    const half = Math.ceil(names.length / 2)
    await Promise.all([verify(names.slice(0, half)), verify(names.slice(half))])
    return names.map((name) => !refused.has(name))
  })
}

/** The documents, each with a template of a signature at its root, as xmlsec1 signs and writes them. */
export function signWithXmlsec(documents: readonly Uint8Array[], signer: ThrowawaySigner): Promise<string[]> {
  return inFolder(documents, async (folder, names) => {
    writeFileSync(join(folder, 'key.pem'), signer.privateKey)
    writeFileSync(join(folder, 'certificate.pem'), signer.certificate)
    const args = ['--sign', '--privkey-pem', 'key.pem,certificate.pem', ...ownSignature, ...names]
    const { status, stdout, stderr } = await xmlsec(folder, args)
    const signed = stdout.split(/(?=<\?xml )/)
    if (status !== 0 || signed.length !== documents.length) throw new Error(`xmlsec1: ${stderr}`)
    return signed
  })
}
