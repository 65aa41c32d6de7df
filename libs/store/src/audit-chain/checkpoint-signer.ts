import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { Seal, type SealKeys } from '../seal.js'
import { sameBytes } from './chain-proofs.js'
import type { ChainName } from './chain-rows.js'
import { hex } from './hash-line.js'

/** A key that others can check with; without it checkpoints are made with the seal key, and only its owner can check. */
export interface AuditSigning {
  /** PEM: Ed25519, RSA or EC. */
  readonly privateKey: string
  /** PEM, keys or certificates: what was signed with these keys before still counts. */
  readonly previousPublicKeys?: readonly string[]
}

/** What is said about a chain at one moment: up to line `seq` it has this hash. `begin`: its older lines were deleted. */
export interface CheckpointFacts extends ChainName {
  readonly purpose: 'begin' | 'end'
  readonly seq: number
  readonly hash: Uint8Array
  /** Epoch milliseconds. */
  readonly at: number
}

/** @property signer `key:` or `seal:`, and 32 hexadecimal digits that tell which one. */
export interface Checkpoint extends CheckpointFacts {
  readonly signer: string
  readonly signature: Uint8Array
}

/** What is signed: the UTF-8 bytes of a JSON list. */
export const checkpointBytes = ({ purpose, kind, entry, seq, hash, at }: CheckpointFacts): Buffer =>
  Buffer.from(JSON.stringify(['emrex-audit-checkpoint-1', purpose, kind, entry, Number(seq), hex(hash), Number(at)]))

interface Maker {
  readonly signer: string
  readonly make: (bytes: Buffer) => Buffer
}

/** Makes checkpoints and judges them. */
export class CheckpointSigner {
  #seals: readonly Maker[]
  readonly #own: Maker | undefined
  readonly #publicKeys = new Map<string, KeyObject>()

  /** @throws {Error} when a key cannot be read, or a seal key is not 32 bytes long. */
  constructor(keys: SealKeys, signing?: AuditSigning) {
    this.#seals = sealMakers(keys)
    const privateKey = signing && createPrivateKey(signing.privateKey)
    const publicKeys = [
      privateKey && createPublicKey(privateKey),
      ...(signing?.previousPublicKeys ?? []).map(readPublic),
    ]
    for (const key of publicKeys.filter((each) => each !== undefined)) this.#publicKeys.set(nameOf(key), key)
    this.#own = privateKey && keyMaker(privateKey)
  }

  /** From now on these seal keys are used. @throws {Error} when one is not 32 bytes long; then nothing has changed. */
  replaceSealKeys(keys: SealKeys): void {
    this.#seals = sealMakers(keys)
  }

  static canReadPublicKey(pem: string): boolean {
    try {
      return readPublic(pem) instanceof Object
    } catch {
      return false
    }
  }

  make(facts: CheckpointFacts): Checkpoint {
    const { signer, make } = this.#own ?? this.#seals[0]!
    return { ...facts, signer, signature: make(checkpointBytes(facts)) }
  }

  /** Why a checkpoint does not count, or undefined when it does. */
  judge(checkpoint: Checkpoint): 'unknown-signer' | 'wrong-signature' | undefined {
    const { signer, signature } = checkpoint
    const bytes = checkpointBytes(checkpoint)
    const key = this.#publicKeys.get(signer)
    const seal = this.#seals.find((each) => each.signer === signer)
    if (key !== undefined) return verify(digestOf(key), bytes, key, signature) ? undefined : 'wrong-signature'
    if (seal === undefined) return 'unknown-signer'
    return sameBytes(seal.make(bytes), signature) ? undefined : 'wrong-signature'
  }
}

/** The present key first. */
function sealMakers({ key, previousKeys = [] }: SealKeys): readonly Maker[] {
  return [key, ...previousKeys].map((each) => {
    const seal = new Seal({ key: each })
    const make = (bytes: Buffer) => seal.hashes(['audit checkpoint', bytes.toString()])[0]
    return { signer: `seal:${hex(seal.hashes(['audit checkpoint signer'])[0]).slice(0, 32)}`, make }
  })
}

function keyMaker(privateKey: KeyObject): Maker {
  return {
    signer: nameOf(createPublicKey(privateKey)),
    make: (bytes) => sign(digestOf(privateKey), bytes, privateKey),
  }
}

/** The beginning of the SHA-256 of the public key (SubjectPublicKeyInfo). */
const nameOf = (key: KeyObject): string =>
  `key:${createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 32)}`

/** Ed25519 and Ed448 bring their own. */
const digestOf = (key: KeyObject): string | null => (key.asymmetricKeyType?.startsWith('ed') ? null : 'sha256')

const readPublic = (pem: string): KeyObject => createPublicKey(pem)
