import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { pythonWithCryptography } from '@emrex-gateway/testing'

/** What the other implementation shall encrypt, and how; see `encrypt.py`. */
export interface EncryptionOrder {
  readonly plain: string
  readonly publicKey: string
  readonly cipher: `aes${128 | 192 | 256}-${'gcm' | 'cbc'}`
  readonly transport: 'rsa-oaep-mgf1p' | 'rsa-oaep' | 'ecdh'
  readonly digest?: 'sha1' | 'sha256' | 'sha384' | 'sha512'
  readonly mask?: 'sha1' | 'sha256' | 'sha384' | 'sha512'
  readonly label?: string
  /** What is written into the message instead of the label. */
  readonly shownLabel?: string
  readonly curve?: 'P-256' | 'P-384' | 'P-521' | 'brainpoolP256r1'
  /** PEM of the sender's private key, where it shall not be a new one. */
  readonly ephemeral?: string
  readonly kdf?: 'spec' | 'as-is'
  /** AlgorithmID, PartyUInfo, PartyVInfo; each is written with its length in front. */
  readonly parties?: readonly [string, string, string]
  readonly wrap?: 128 | 192 | 256
  /** The EncryptedKey stands beside the EncryptedData, which points to it. */
  readonly beside?: boolean
  readonly ivBytes?: number
  readonly tagBytes?: number
  /** Length of the content key, where it is not what the cipher's name says. */
  readonly keyBytes?: number
}

/** EncryptedAssertion documents by Debian's python3-cryptography, one for each order. */
export async function encryptWithPython(orders: readonly EncryptionOrder[]): Promise<string[]> {
  const script = fileURLToPath(new URL('encrypt.py', import.meta.url))
  const child = spawn(pythonWithCryptography() ?? 'python3', [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 60_000,
  })
  child.stdin.end(JSON.stringify(orders))
  return JSON.parse(await text(child.stdout)) as string[]
}
