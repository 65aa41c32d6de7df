import type { Element } from '@xmldom/xmldom'
import { SamlRefusal } from '../saml-refusal.js'
import { childrenNamed, childrenOf, onlyChild, textOf } from '../xml/elements.js'
import { readingsOfConcatKdf } from './concat-kdf.js'
import {
  concatKdf,
  contentCiphers,
  digestMethods,
  ecdhEs,
  encryptionNamespaces as ns,
  keyWraps,
  maskMethods,
  namedCurves,
  rsaOaep,
  rsaOaepMgf1p,
  type ContentCipher,
} from './encryption-algorithms.js'
import type { Hash, OaepParameters } from './rsa-oaep.js'

/** Which departures from the strict policy hold now. */
export interface EncryptionPolicy {
  readonly aesCbc: boolean
  readonly oaepSha1: boolean
  readonly keyLength: boolean
}

export interface RsaTransport extends OaepParameters {
  readonly kind: 'rsa-oaep'
  readonly wrapped: Buffer
}

export interface EcTransport {
  readonly kind: 'ecdh-es'
  readonly curve: string
  readonly point: Buffer
  readonly digest: Hash
  /** What the parameters of ConcatKDF may mean. */
  readonly readings: readonly Buffer[]
  readonly wrappingKeyBytes: 16 | 24 | 32
  readonly wrapped: Buffer
}

export type KeyTransport = RsaTransport | EcTransport

export interface ParsedEncryption {
  readonly cipher: ContentCipher
  readonly trustsKeyLength: boolean
  readonly octets: Buffer
  readonly transports: readonly KeyTransport[]
}

const maxKeys = 6

/**
 * Reads the structure of an EncryptedAssertion: one EncryptedData with its octets inside, and the encrypted keys in its
 * KeyInfo or beside it.
 * @throws {SamlRefusal} `enc-form`, `enc-alg`
 */
export function parseEncryptedAssertion(encrypted: Element, policy: EncryptionPolicy): ParsedEncryption {
  const data = one(encrypted, ns.xenc, 'EncryptedData')
  const cipher = contentCiphers.get(algorithmOf(one(data, ns.xenc, 'EncryptionMethod')))
  if (cipher === undefined || (cipher.mode === 'cbc' && !policy.aesCbc)) throw new SamlRefusal('enc-alg')
  const keyInfo = optional(data, ns.ds, 'KeyInfo')
  const inside = keyInfo === undefined ? [] : childrenNamed(keyInfo, ns.xenc, 'EncryptedKey')
  const beside = childrenNamed(encrypted, ns.xenc, 'EncryptedKey')
  if (keyInfo !== undefined) refuseForeignReferences(keyInfo, beside)
  const encryptedKeys = [...inside, ...beside]
  if (encryptedKeys.length === 0 || encryptedKeys.length > maxKeys) throw new SamlRefusal('enc-form')
  return {
    cipher,
    trustsKeyLength: policy.keyLength,
    octets: octetsOf(data),
    transports: encryptedKeys.map((key) => parseEncryptedKey(key, policy)),
  }
}

/** A RetrievalMethod may name an EncryptedKey of the same element and nothing else. */
function refuseForeignReferences(keyInfo: Element, beside: readonly Element[]): void {
  const references = [
    ...childrenNamed(keyInfo, ns.ds, 'RetrievalMethod'),
    ...childrenNamed(keyInfo, ns.dsig11, 'KeyInfoReference'),
  ]
  for (const reference of references) {
    const uri = reference.getAttribute('URI') ?? ''
    const isOurs = beside.some((key) => uri === `#${key.getAttribute('Id') ?? ''}` && uri !== '#')
    if (!isOurs || optional(reference, ns.ds, 'Transforms') !== undefined) throw new SamlRefusal('enc-form')
  }
  if (childrenNamed(keyInfo, ns.xenc, 'AgreementMethod').length > 0) throw new SamlRefusal('enc-form')
}

function parseEncryptedKey(key: Element, policy: EncryptionPolicy): KeyTransport {
  const method = one(key, ns.xenc, 'EncryptionMethod')
  const algorithm = algorithmOf(method)
  if (algorithm === rsaOaep || algorithm === rsaOaepMgf1p) {
    const digest = hashOf(optional(method, ns.ds, 'DigestMethod'), digestMethods)
    const mask = algorithm === rsaOaep ? hashOf(optional(method, ns.xenc11, 'MGF'), maskMethods) : 'sha1'
    if (!policy.oaepSha1 && (digest === 'sha1' || mask === 'sha1')) throw new SamlRefusal('enc-alg')
    const label = optional(method, ns.xenc, 'OAEPparams')
    return {
      kind: 'rsa-oaep',
      digest,
      mask,
      label: label === undefined ? Buffer.alloc(0) : base64(textOf(label, 'enc-form')),
      wrapped: octetsOf(key),
    }
  }
  const wrappingKeyBytes = keyWraps.get(algorithm)
  if (wrappingKeyBytes === undefined) throw new SamlRefusal('enc-alg')
  const agreement = one(one(key, ns.ds, 'KeyInfo'), ns.xenc, 'AgreementMethod')
  if (algorithmOf(agreement) !== ecdhEs) throw new SamlRefusal('enc-alg')
  return { kind: 'ecdh-es', ...parseAgreement(agreement), wrappingKeyBytes, wrapped: octetsOf(key) }
}

function parseAgreement(agreement: Element): Pick<EcTransport, 'curve' | 'point' | 'digest' | 'readings'> {
  const derivation = one(agreement, ns.xenc11, 'KeyDerivationMethod')
  if (algorithmOf(derivation) !== concatKdf) throw new SamlRefusal('enc-alg')
  const parameters = one(derivation, ns.xenc11, 'ConcatKDFParams')
  const digest = hashOf(one(parameters, ns.ds, 'DigestMethod'), digestMethods)
  if (digest === 'sha1') throw new SamlRefusal('enc-alg')
  const keyValue = one(one(agreement, ns.xenc, 'OriginatorKeyInfo'), ns.ds, 'KeyValue')
  const ec = one(keyValue, ns.dsig11, 'ECKeyValue')
  const curve = namedCurves.get(one(ec, ns.dsig11, 'NamedCurve').getAttribute('URI') ?? '')
  // Like a point that is not on its curve: nothing that our keys could be used with.
  if (curve === undefined) throw new SamlRefusal('decrypt')
  try {
    const readings = readingsOfConcatKdf(
      ['AlgorithmID', 'PartyUInfo', 'PartyVInfo', 'SuppPubInfo', 'SuppPrivInfo'].flatMap(
        (name) => parameters.getAttribute(name) ?? [],
      ),
    )
    return { curve, digest, readings, point: base64(textOf(one(ec, ns.dsig11, 'PublicKey'), 'enc-form')) }
  } catch (error) {
    throw error instanceof SamlRefusal ? error : new SamlRefusal('enc-form')
  }
}

function octetsOf(encrypted: Element): Buffer {
  const data = one(encrypted, ns.xenc, 'CipherData')
  const value = one(data, ns.xenc, 'CipherValue')
  if (childrenOf(data).length > 1) throw new SamlRefusal('enc-form')
  return base64(textOf(value, 'enc-form'))
}

/** SHA-1 is what the specification means where nothing is said. */
function hashOf(method: Element | undefined, known: ReadonlyMap<string, Hash>): Hash {
  if (method === undefined) return 'sha1'
  const hash = known.get(algorithmOf(method))
  if (hash === undefined) throw new SamlRefusal('enc-alg')
  return hash
}

function base64(text: string): Buffer {
  const packed = text.replace(/[ \t\r\n]+/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(packed) || packed.length % 4 !== 0) throw new SamlRefusal('enc-form')
  return Buffer.from(packed, 'base64')
}

const algorithmOf = (element: Element): string => element.getAttribute('Algorithm') ?? ''

function optional(parent: Element, namespace: string, name: string): Element | undefined {
  const found = childrenNamed(parent, namespace, name)
  if (found.length > 1) throw new SamlRefusal('enc-form')
  return found[0]
}

const one = (parent: Element, namespace: string, name: string): Element =>
  onlyChild(parent, namespace, name, 'enc-form')
