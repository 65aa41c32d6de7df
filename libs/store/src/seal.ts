import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { EmrexError } from '@emrex-gateway/core'

/** The secret of a store. */
export interface SealKeys {
  /** 32 random bytes. */
  readonly key: Uint8Array
  /** Keys that were in use before: what they sealed still opens, nothing new is sealed with them. */
  readonly previousKeys?: readonly Uint8Array[]
}

/** Where a sealed value belongs: table, record and column. It does not open anywhere else. */
export type Place = readonly [table: string, record: string, column: string]

/** Of the state of a transfer. */
export const placeOfTransfer = (id: string): Place => ['emrex_transfer', id, 'sealed']

interface DerivedKey {
  readonly id: Buffer
  readonly sealing: Buffer
  readonly hashing: Buffer
}

const keyBytes = 32
const idBytes = 4
const nonceBytes = 12
const tagBytes = 16

/**
 * Seals what lies in the database: AES-256-GCM with a random nonce, bound to its place, so that a row that was swapped
 * or changed does not open. A sealed value is key id (4 bytes), nonce (12), ciphertext, tag (16).
 *
 * Spec: NIST SP 800-38D (GCM, 96-bit random nonces), RFC 5869 (HKDF).
 */
export class Seal {
  #keys: readonly [DerivedKey, ...DerivedKey[]]

  /** @throws {Error} when a key is not 32 bytes long. */
  constructor(keys: SealKeys) {
    this.#keys = derivedOf(keys)
  }

  /** From now on these keys are used. @throws {Error} when one is not 32 bytes long; then nothing has changed. */
  replace(keys: SealKeys): void {
    this.#keys = derivedOf(keys)
  }

  seal(place: Place, plain: Uint8Array): Buffer {
    const { id, sealing } = this.#keys[0]
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', sealing, nonce, { authTagLength: tagBytes })
    cipher.setAAD(placeBytes(place))
    return Buffer.concat([id, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  }

  /** @throws {EmrexError} INTERNAL when the key is not among ours, or the value was changed or belongs elsewhere. */
  open(place: Place, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
    const key = this.#keys.find(({ id }) => id.equals(bytes.subarray(0, idBytes)))
    if (key === undefined) throw broken(place, 'was sealed with a key that this store was not given')
    try {
      const nonce = bytes.subarray(idBytes, idBytes + nonceBytes)
      const decipher = createDecipheriv('aes-256-gcm', key.sealing, nonce, { authTagLength: tagBytes })
      decipher.setAAD(placeBytes(place))
      decipher.setAuthTag(bytes.subarray(-tagBytes))
      return Buffer.concat([decipher.update(bytes.subarray(idBytes + nonceBytes, -tagBytes)), decipher.final()])
    } catch (error) {
      throw broken(place, 'was changed, or belongs to another record', error)
    }
  }

  /** Keyed hashes of a value, under the present key first and then under each previous one. */
  hashes(parts: readonly string[]): readonly [Buffer, ...Buffer[]] {
    const text = JSON.stringify(parts)
    const [present, ...previous] = this.#keys
    const hash = (key: DerivedKey) => createHmac('sha256', key.hashing).update(text).digest()
    return [hash(present), ...previous.map(hash)]
  }
}

const derivedOf = ({ key, previousKeys = [] }: SealKeys): readonly [DerivedKey, ...DerivedKey[]] => [
  derive(key),
  ...previousKeys.map(derive),
]

function derive(key: Uint8Array): DerivedKey {
  if (key.byteLength !== keyBytes) throw new Error(`A seal key has ${keyBytes} bytes, not ${key.byteLength}`)
  const part = (purpose: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', key, new Uint8Array(), `emrex-gateway store ${purpose}`, bytes))
  return { id: part('key id', idBytes), sealing: part('seal', keyBytes), hashing: part('handle', keyBytes) }
}

const placeBytes = (place: Place): Buffer => Buffer.from(JSON.stringify(place))

const broken = ([table, , column]: Place, why: string, cause?: unknown): EmrexError =>
  new EmrexError('INTERNAL', `A sealed value of the store (${table}, ${column}) ${why}`, { cause })
