import { createPrivateKey, createPublicKey, webcrypto } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Set by the configuration of Jest, and so in a file of tests alone: neither in what it starts, nor in the demonstration. */
const folder = (globalThis as { keptKeysFolder?: string }).keptKeysFolder
let drawn = 0

/**
 * RSA keys take a fifth of a second each, and the tests ask for a thousand: within a file of tests no two are the same, but
 * the next file is given the same ones again. Elsewhere they are made anew each time.
 */
export async function keptKeys(
  bits: number,
  algorithm: webcrypto.RsaHashedImportParams,
  make: () => Promise<CryptoKeyPair>,
): Promise<CryptoKeyPair> {
  if (folder === undefined) return make()
  const file = join(folder, `rsa-${bits}-${drawn++}.der`)
  const kept = readOrNone(file)
  if (kept === undefined) {
    const keys = await make()
    const made = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
    mkdirSync(folder, { recursive: true })
    // Whole or not at all: another file of tests may read it at the same moment.
    writeFileSync(`${file}.${process.pid}`, made, { mode: 0o600 })
    renameSync(`${file}.${process.pid}`, file)
    return keys
  }
  const privateKey = createPrivateKey({ key: kept, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return {
    privateKey: await webcrypto.subtle.importKey('pkcs8', kept, algorithm, true, ['sign']),
    publicKey: await webcrypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
  }
}

function readOrNone(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
