import { createPublicKey, verify, X509Certificate, type KeyObject } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { keyFileSigner, normaliseCertificate, type SigningKey } from '@emrex-gateway/elmo'
import { z } from 'zod'
import type { TransferReceipt } from './transfer-receipt.js'

/**
 * A receipt as a file: a JSON Web Signature in the flattened form, with the receipt itself beside it for people, and for
 * programs that check nothing. `protected` and `signature` are absent where the entry has no key.
 *
 * Spec: RFC 7515, 7.2.2, and 4.1.6 (`x5c`).
 */
export interface ReceiptFile {
  readonly receipt: TransferReceipt
  /** base64url of the receipt as JSON; what is signed. */
  readonly payload?: string
  readonly protected?: string
  readonly signature?: string
}

/** Spec: RFC 7518, 3.1; RFC 9231, 2.3 for the other names. */
const algorithms: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256': 'RS256',
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256': 'ES256',
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384': 'ES384',
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512': 'ES512',
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The file of a receipt, signed where there is a key. @throws {ElmoError} as `keyFileSigner` */
export function receiptFile(receipt: TransferReceipt, key?: SigningKey): ReceiptFile {
  if (key === undefined) return { receipt }
  const signer = keyFileSigner(key)
  const header = {
    alg: algorithms[signer.algorithm],
    typ: 'emrex-receipt',
    x5c: [new X509Certificate(signer.certificate).raw.toString('base64')],
  }
  const signed = { protected: encode(header), payload: encode(receipt) }
  const signature = signer.signNow(Buffer.from(`${signed.protected}.${signed.payload}`))
  return { receipt, ...signed, signature: Buffer.from(signature).toString('base64url') }
}

/** What was found out about the file of a receipt. */
export type ReceiptVerdict =
  | { readonly verdict: 'verified' | 'signer-unknown'; readonly receipt: TransferReceipt; readonly certificate: string }
  | { readonly verdict: 'unsigned'; readonly receipt: TransferReceipt }
  /** Not as it was signed. */
  | { readonly verdict: 'changed' }
  /** No receipt at all. */
  | { readonly verdict: 'unreadable' }

/**
 * Checks the file of a receipt without asking anybody. Only the signed bytes count: where the readable receipt beside them
 * says something else, the file was changed. `verified` when one of the given certificates signed it; `signer-unknown`
 * when the certificate in the file did, and is none of them: then its subject proves nothing.
 *
 * @param certificates of the issuer, PEM or bare base64
 * @throws {ElmoError} ELMO_CERTIFICATE when one of them cannot be read
 */
export function checkReceipt(text: string, certificates: readonly string[]): ReceiptVerdict {
  const file = readFile(text)
  if (file === undefined) return { verdict: 'unreadable' }
  const { receipt, payload, protected: header, signature } = file
  if (payload === undefined && header === undefined && signature === undefined) return { verdict: 'unsigned', receipt }
  if (payload === undefined || header === undefined || signature === undefined) return { verdict: 'changed' }
  const { alg, certificate, key } = readHeader(header)
  const signed = readReceipt(Buffer.from(payload, 'base64url').toString())
  if (signed === undefined || certificate === undefined || key === undefined || !isDeepStrictEqual(signed, receipt))
    return { verdict: 'changed' }
  const bytes = Buffer.from(`${header}.${payload}`)
  if (!holds(alg, bytes, key, Buffer.from(signature, 'base64url'))) return { verdict: 'changed' }
  const isKnown = certificates.some((known) => createPublicKey(normaliseCertificate(known)).equals(key))
  return { verdict: isKnown ? 'verified' : 'signer-unknown', receipt: signed, certificate: certificate.toString() }
}

/** The key decides which algorithm can have been used; the header must say the same. */
function holds(alg: unknown, bytes: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  const curve = key.asymmetricKeyDetails?.namedCurve ?? ''
  const expected = key.asymmetricKeyType === 'rsa' ? 'RS256' : algorithmOfCurve[curve]
  if (expected === undefined || alg !== expected) return false
  return verify(`sha${expected.slice(2)}`, bytes, { key, dsaEncoding: 'ieee-p1363' }, signature)
}

const algorithmOfCurve: Readonly<Record<string, string>> = {
  prime256v1: 'ES256',
  secp384r1: 'ES384',
  secp521r1: 'ES512',
}

interface Header {
  readonly alg?: unknown
  readonly certificate?: X509Certificate
  readonly key?: KeyObject
}

function readHeader(text: string): Header {
  try {
    const { alg, x5c } = JSON.parse(Buffer.from(text, 'base64url').toString()) as { alg?: unknown; x5c?: unknown }
    const [first] = Array.isArray(x5c) ? (x5c as unknown[]) : []
    if (typeof first !== 'string') return { alg }
    const certificate = new X509Certificate(Buffer.from(first, 'base64'))
    // Read here: Node takes a certificate without looking into its key.
    return { alg, certificate, key: certificate.publicKey }
  } catch {
    return {}
  }
}

function readFile(text: string): ReceiptFile | undefined {
  const file = parse(text)
  const receipt = isObject(file) ? readReceipt(JSON.stringify(file['receipt'] ?? null)) : undefined
  if (!isObject(file) || receipt === undefined) return undefined
  const part = (name: string) => (typeof file[name] === 'string' ? { [name]: file[name] } : {})
  return { receipt, ...part('payload'), ...part('protected'), ...part('signature') }
}

/** What is read of a receipt; a later version may say more. Anybody can write a file that calls itself one. */
const shape = z.looseObject({
  ...{ type: z.literal('emrex-receipt'), version: z.literal(1), number: z.string(), act: z.string(), at: z.string() },
  issuer: z.looseObject({ name: z.string(), address: z.string() }),
  from: z.looseObject({ name: z.string(), country: z.string().optional() }),
  to: z.looseObject({ name: z.string(), address: z.string().optional() }),
  basis: z.string(),
  content: z.looseObject({
    institutions: z.array(z.looseObject({ name: z.string(), results: z.number(), extent: z.string().optional() })),
    ...{ results: z.number(), ects: z.string().optional(), attachments: z.number() },
  }),
  document: z.looseObject({ sha256: z.string(), bytes: z.number() }),
})

function readReceipt(text: string): TransferReceipt | undefined {
  const value = parse(text)
  return shape.safeParse(value).success ? (value as TransferReceipt) : undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
