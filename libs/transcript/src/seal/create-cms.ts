import { createHash, sign, type X509Certificate } from 'node:crypto'
import forge from 'node-forge'
import type { Seal } from './read-seal.js'

type Node = forge.asn1.Asn1
const { asn1 } = forge
const { Class, Type } = asn1

const oids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsa: '1.2.840.113549.1.1.11',
  ec: '1.2.840.10045.4.3.2',
}

const node = (type: forge.asn1.Type, value: Node[] | string): Node =>
  asn1.create(Class.UNIVERSAL, type, Array.isArray(value), value)
const sequence = (...parts: Node[]): Node => node(Type.SEQUENCE, parts)
const set = (...parts: Node[]): Node => node(Type.SET, parts)
const oid = (name: keyof typeof oids): Node => node(Type.OID, asn1.oidToDer(oids[name]).getBytes())
const octets = (bytes: Uint8Array): Node => node(Type.OCTETSTRING, Buffer.from(bytes).toString('latin1'))
const version = (): Node => node(Type.INTEGER, String.fromCharCode(1))
const tagged = (number: number, parts: Node[]): Node => asn1.create(Class.CONTEXT_SPECIFIC, number, true, parts)
const der = (of: Node): Buffer => Buffer.from(asn1.toDer(of).getBytes(), 'latin1')
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
const attribute = (name: keyof typeof oids, value: Node): Node => sequence(oid(name), set(value))

/**
 * A detached signature over the bytes, with SHA-256 and the certificates inside. The certificate is named in what is
 * signed, and the time is not: it stands in the PDF.
 *
 * Spec: RFC 5652 (CMS), 5; RFC 5035 (signing certificate); ETSI EN 319 142-1 (PAdES), 6.3, level B-B.
 */
export function createCms(bytes: Uint8Array, { key, certificates }: Seal): Buffer {
  const [own] = certificates
  const attributes = [
    attribute('contentType', oid('data')),
    attribute('messageDigest', octets(sha256(bytes))),
    attribute('signingCertificateV2', sequence(sequence(sequence(octets(sha256(own.raw)))))),
  ].sort((one, other) => Buffer.compare(der(one), der(other)))
  const isRsa = key.asymmetricKeyType === 'rsa'
  const signer = sequence(
    version(),
    issuerAndNumber(own),
    sequence(oid('sha256')),
    tagged(0, attributes),
    isRsa ? sequence(oid('rsa'), node(Type.NULL, '')) : sequence(oid('ec')),
    octets(sign('sha256', der(set(...attributes)), key)),
  )
  const signedData = sequence(
    version(),
    set(sequence(oid('sha256'))),
    sequence(oid('data')),
    tagged(
      0,
      certificates.map(({ raw }) => parsed(raw)),
    ),
    set(signer),
  )
  return der(sequence(oid('signedData'), tagged(0, [signedData])))
}

const parsed = (raw: Uint8Array): Node => asn1.fromDer(Buffer.from(raw).toString('latin1'))
const partsOf = (of: Node | undefined): readonly Node[] => (Array.isArray(of?.value) ? of.value : [])

/** Issuer and serial number as they stand in the certificate: RFC 5280, 4.1. */
function issuerAndNumber({ raw }: X509Certificate): Node {
  const parts = partsOf(partsOf(parsed(raw))[0])
  const first = parts[0]?.tagClass === Class.CONTEXT_SPECIFIC ? 1 : 0
  const [serial, , issuer] = parts.slice(first)
  if (serial === undefined || issuer === undefined) throw new Error('The certificate of the seal cannot be read.')
  return sequence(issuer, serial)
}
