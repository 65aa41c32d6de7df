import { normaliseCertificate } from '../signature/certificate.js'
import { readTextFile } from './read-input.js'
import { UsageError } from './usage-error.js'

/**
 * Every certificate and every public key of a text: one or several blocks of PEM, or base64 alone. Other blocks, such as a
 * private key, and words between them are passed over.
 */
export function certificatesIn(text: string): string[] {
  return text.split(/(?<!-)(?=-{2,}\s*BEGIN)/).flatMap((block) => {
    try {
      return [normaliseCertificate(block)]
    } catch {
      return []
    }
  })
}

/**
 * Those of a file.
 * @throws {UsageError} when it cannot be read, or holds no certificate and no public key
 */
export async function readCertificates(file: string): Promise<string[]> {
  const certificates = certificatesIn(await readTextFile(file))
  if (certificates.length > 0) return certificates
  throw new UsageError(`no certificate can be read from ${file}`)
}
