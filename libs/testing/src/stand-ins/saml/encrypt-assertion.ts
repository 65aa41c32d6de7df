import {
  constants,
  createCipheriv,
  createHash,
  diffieHellman,
  generateKeyPairSync,
  publicEncrypt,
  randomBytes,
  X509Certificate,
  type KeyObject,
} from 'node:crypto'

const xenc = 'http://www.w3.org/2001/04/xmlenc#'
const xenc11 = 'http://www.w3.org/2009/xmlenc11#'
const sha256 = `<ds:DigestMethod Algorithm="${xenc}sha256"></ds:DigestMethod>`

/**
 * An EncryptedAssertion for the key of a certificate: AES-256-GCM, with RSA-OAEP (SHA-256 for both) for an RSA key, and
 * ECDH-ES with ConcatKDF and AES key wrap for an elliptic one, whose parameters are written as the Polish service writes
 * them: with a length in front and without the octet that counts padding. `oaepSha1`: the older RSA-OAEP.
 */
export function encryptAssertion(assertion: string, certificate: string, oaepSha1 = false): string {
  const { publicKey } = new X509Certificate(certificate)
  const key = randomBytes(32)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const body = Buffer.concat([iv, cipher.update(assertion, 'utf8'), cipher.final(), cipher.getAuthTag()])
  const encryptedKey =
    publicKey.asymmetricKeyType === 'ec' ? agree(publicKey, key) : transport(publicKey, key, oaepSha1)
  return (
    `<saml2:EncryptedAssertion><xenc:EncryptedData Id="_data" Type="${xenc}Element">` +
    `<xenc:EncryptionMethod Algorithm="${xenc11}aes256-gcm"></xenc:EncryptionMethod><ds:KeyInfo>${encryptedKey}` +
    `</ds:KeyInfo>${cipherData(body)}</xenc:EncryptedData></saml2:EncryptedAssertion>`
  )
}

const cipherData = (octets: Buffer): string =>
  `<xenc:CipherData><xenc:CipherValue>${octets.toString('base64')}</xenc:CipherValue></xenc:CipherData>`

function transport(publicKey: KeyObject, key: Buffer, oaepSha1: boolean): string {
  const oaepHash = oaepSha1 ? 'sha1' : 'sha256'
  const wrapped = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, key)
  const method = oaepSha1
    ? `<xenc:EncryptionMethod Algorithm="${xenc}rsa-oaep-mgf1p"></xenc:EncryptionMethod>`
    : `<xenc:EncryptionMethod Algorithm="${xenc11}rsa-oaep">${sha256}` +
      `<xenc11:MGF xmlns:xenc11="${xenc11}" Algorithm="${xenc11}mgf1sha256"></xenc11:MGF></xenc:EncryptionMethod>`
  return `<xenc:EncryptedKey>${method}${cipherData(wrapped)}</xenc:EncryptedKey>`
}

const oids: Readonly<Record<string, string>> = {
  prime256v1: '1.2.840.10045.3.1.7',
  secp384r1: '1.3.132.0.34',
  secp521r1: '1.3.132.0.35',
}

function agree(publicKey: KeyObject, key: Buffer): string {
  const namedCurve = publicKey.asymmetricKeyDetails?.namedCurve ?? ''
  const ephemeral = generateKeyPairSync('ec', { namedCurve })
  const secret = diffieHellman({ privateKey: ephemeral.privateKey, publicKey })
  const fields = [`${xenc}kw-aes256`, 'sender', 'receiver'].map((text) => {
    const octets = Buffer.from(text)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(octets.length)
    return Buffer.concat([length, octets])
  })
  const wrappingKey = createHash('sha256')
    .update(Buffer.from([0, 0, 0, 1]))
    .update(secret)
    .update(Buffer.concat(fields))
    .digest()
  const wrap = createCipheriv('id-aes256-wrap', wrappingKey, Buffer.alloc(8, 0xa6))
  const wrapped = Buffer.concat([wrap.update(key), wrap.final()])
  const [algorithm, u, v] = fields.map((field) => field.toString('hex').toUpperCase())
  const { x, y } = ephemeral.publicKey.export({ format: 'jwk' }) as { x: string; y: string }
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return (
    `<xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="${xenc}kw-aes256"></xenc:EncryptionMethod><ds:KeyInfo>` +
    `<xenc:AgreementMethod Algorithm="${xenc11}ECDH-ES">` +
    `<xenc11:KeyDerivationMethod xmlns:xenc11="${xenc11}" Algorithm="${xenc11}ConcatKDF">` +
    `<xenc11:ConcatKDFParams AlgorithmID="${algorithm}" PartyUInfo="${u}" PartyVInfo="${v}">${sha256}` +
    '</xenc11:ConcatKDFParams></xenc11:KeyDerivationMethod><xenc:OriginatorKeyInfo><ds:KeyValue>' +
    '<dsig11:ECKeyValue xmlns:dsig11="http://www.w3.org/2009/xmldsig11#">' +
    `<dsig11:NamedCurve URI="urn:oid:${oids[namedCurve] ?? ''}"></dsig11:NamedCurve>` +
    `<dsig11:PublicKey>${point.toString('base64')}</dsig11:PublicKey></dsig11:ECKeyValue></ds:KeyValue>` +
    `</xenc:OriginatorKeyInfo></xenc:AgreementMethod></ds:KeyInfo>${cipherData(wrapped)}</xenc:EncryptedKey>`
  )
}
