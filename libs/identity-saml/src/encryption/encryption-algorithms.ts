import type { Hash } from './rsa-oaep.js'

const xmlenc = 'http://www.w3.org/2001/04/xmlenc#'
const xmlenc11 = 'http://www.w3.org/2009/xmlenc11#'

export const encryptionNamespaces = {
  xenc: xmlenc,
  xenc11: xmlenc11,
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  dsig11: 'http://www.w3.org/2009/xmldsig11#',
} as const

export interface ContentCipher {
  readonly mode: 'gcm' | 'cbc'
  readonly keyBytes: 16 | 24 | 32
}

/** Every cipher that there is code for. CBC counts only under a relaxation. */
export const contentCiphers: ReadonlyMap<string, ContentCipher> = new Map([
  [`${xmlenc11}aes256-gcm`, { mode: 'gcm', keyBytes: 32 }],
  [`${xmlenc11}aes192-gcm`, { mode: 'gcm', keyBytes: 24 }],
  [`${xmlenc11}aes128-gcm`, { mode: 'gcm', keyBytes: 16 }],
  [`${xmlenc}aes256-cbc`, { mode: 'cbc', keyBytes: 32 }],
  [`${xmlenc}aes192-cbc`, { mode: 'cbc', keyBytes: 24 }],
  [`${xmlenc}aes128-cbc`, { mode: 'cbc', keyBytes: 16 }],
])

export const keyWraps: ReadonlyMap<string, 16 | 24 | 32> = new Map([
  [`${xmlenc}kw-aes128`, 16],
  [`${xmlenc}kw-aes192`, 24],
  [`${xmlenc}kw-aes256`, 32],
])

/** Its mask is made with SHA-1, whatever its DigestMethod says. Spec: XML Encryption 1.1, section 5.5.2. */
export const rsaOaepMgf1p = `${xmlenc}rsa-oaep-mgf1p`
export const rsaOaep = `${xmlenc11}rsa-oaep`
export const ecdhEs = `${xmlenc11}ECDH-ES`
export const concatKdf = `${xmlenc11}ConcatKDF`

export const digestMethods: ReadonlyMap<string, Hash> = new Map([
  [`${encryptionNamespaces.ds}sha1`, 'sha1'],
  [`${xmlenc}sha256`, 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  [`${xmlenc}sha512`, 'sha512'],
])

export const maskMethods: ReadonlyMap<string, Hash> = new Map([
  [`${xmlenc11}mgf1sha1`, 'sha1'],
  [`${xmlenc11}mgf1sha256`, 'sha256'],
  [`${xmlenc11}mgf1sha384`, 'sha384'],
  [`${xmlenc11}mgf1sha512`, 'sha512'],
])

/** The curves of eIDAS, by object identifier, as Node's `createPublicKey` and `asymmetricKeyDetails` name them. */
export const namedCurves: ReadonlyMap<string, string> = new Map([
  ['urn:oid:1.2.840.10045.3.1.7', 'prime256v1'],
  ['urn:oid:1.3.132.0.34', 'secp384r1'],
  ['urn:oid:1.3.132.0.35', 'secp521r1'],
  ['urn:oid:1.3.36.3.3.2.8.1.1.7', 'brainpoolP256r1'],
  ['urn:oid:1.3.36.3.3.2.8.1.1.11', 'brainpoolP384r1'],
  ['urn:oid:1.3.36.3.3.2.8.1.1.13', 'brainpoolP512r1'],
])
