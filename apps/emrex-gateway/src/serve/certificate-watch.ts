import { certificateEnd, type CertificateEnd, type Log, type Registry } from '@emrex-gateway/core'
import { describeCertificate, type SigningKey } from '@emrex-gateway/elmo'
import type { NcpFlow } from '@emrex-gateway/ncp'
import type { SmpFlow } from '@emrex-gateway/smp'

/** A certificate that ends soon or has ended, and whose it is. */
export interface EndingCertificate extends CertificateEnd {
  /** That of an NCP of ours signs documents, that of an SMP receipts; those of the registry are of others. */
  readonly use: 'signing' | 'receipts' | 'registry'
  /** Id of the entry, or the name of the NCP in the registry. */
  readonly name: string
}

/** A certificate that an entry of ours signs with. */
interface OwnCertificate {
  readonly use: 'signing' | 'receipts'
  readonly name: string
  readonly certificate: string
}

/** Looks at the certificates that this gateway signs with and those that it verifies with, and announces their end. */
export class CertificateWatch {
  private readonly announced = new Set<string>()

  constructor(
    private readonly ncps: readonly NcpFlow[],
    private readonly smps: readonly SmpFlow[],
    private readonly registry: Registry,
    private readonly log: Log,
    private readonly now: () => Date,
  ) {}

  /** The ends of the certificates that we sign with, near or far. */
  own(): readonly { readonly use: string; readonly name: string; readonly endsAt: string }[] {
    return this.signers().flatMap(({ use, name, certificate }) => {
      const endsAt = describeCertificate(certificate)?.notAfter
      return endsAt === undefined ? [] : [{ use, name, endsAt }]
    })
  }

  /** Those that end soon or have ended, the most urgent first. Of an NCP with several, the one that lasts longest counts. */
  async ending(): Promise<readonly EndingCertificate[]> {
    const { entries } = await this.registry.current()
    const found = [
      ...this.signers().map(({ use, name, certificate }) => this.endOf(use, name, [certificate])),
      ...entries.map(({ name, certificates }) => this.endOf('registry', name, certificates)),
    ]
    return found.filter((end) => end !== undefined).sort((a, b) => Date.parse(a.endsAt) - Date.parse(b.endsAt))
  }

  /** Writes a warning for each that has come closer since it was last announced. */
  async announce(): Promise<void> {
    for (const { use, name, endsAt, daysLeft, announcement } of await this.ending()) {
      const key = JSON.stringify([use, name, endsAt, announcement])
      if (this.announced.has(key)) continue
      this.announced.add(key)
      this.log.warn(daysLeft < 0 ? 'certificate.ended' : 'certificate.ending', { use, name, endsAt, daysLeft })
    }
  }

  /** As they are now: keys are replaced while we run. An SMP need not have one. */
  private signers(): readonly OwnCertificate[] {
    const signer = (use: OwnCertificate['use'], name: string, key: SigningKey | undefined): OwnCertificate[] =>
      key === undefined ? [] : [{ use, name, certificate: key.certificate }]
    return [
      ...this.ncps.flatMap(({ entry }) => signer('signing', entry.id, entry.signingKey)),
      ...this.smps.flatMap(({ entry }) => signer('receipts', entry.id, entry.signingKey)),
    ]
  }

  private endOf(
    use: EndingCertificate['use'],
    name: string,
    certificates: readonly string[],
  ): EndingCertificate | undefined {
    const ends = certificates.map((pem) => certificateEnd(pem, this.now()))
    const latest = ends.reduce((best, end) => (end === undefined || best === undefined ? undefined : later(best, end)))
    return latest === undefined ? undefined : { use, name, ...latest }
  }
}

const later = (a: CertificateEnd, b: CertificateEnd): CertificateEnd =>
  Date.parse(b.endsAt) > Date.parse(a.endsAt) ? b : a
