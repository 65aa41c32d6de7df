import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const xenc = 'http://www.w3.org/2001/04/xmlenc#'

/** An EncryptedAssertion by the program xmlsec1: AES-GCM and the older RSA-OAEP. */
export async function encryptWithXmlsec1(plain: string, publicKey: string, bits: 128 | 192 | 256): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'emrex-xmlsec1-'))
  try {
    const [data, key, template, out] = ['data', 'key', 'template', 'out'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
      string,
    ]
    await writeFile(data, plain)
    await writeFile(key, publicKey)
    await writeFile(
      template,
      `<xenc:EncryptedData xmlns:xenc="${xenc}" Type="${xenc}Element">` +
        `<xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes${bits}-gcm"/>` +
        `<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey>` +
        `<xenc:EncryptionMethod Algorithm="${xenc}rsa-oaep-mgf1p"/><ds:KeyInfo><ds:KeyName/></ds:KeyInfo>` +
        `<xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>` +
        `<xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedData>`,
    )
    const parameters = ['--encrypt', '--pubkey-pem', key, '--session-key', `aes-${bits}`, '--xml-data', data]
    await promisify(execFile)('xmlsec1', [...parameters, '--output', out, template], { timeout: 60_000 })
    const made = (await readFile(out, 'utf8')).replace(/^<\?xml[^>]*\?>\s*/, '').trim()
    return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${made}</saml:EncryptedAssertion>`
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
