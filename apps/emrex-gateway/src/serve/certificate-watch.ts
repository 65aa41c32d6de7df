import { certificateEnd, type CertificateEnd, type Log, type Registry } from '@emrex-gateway/core'
import { describeCertificate } from '@emrex-gateway/elmo'
import type { NcpFlow } from '@emrex-gateway/ncp'

/** A certificate that ends soon or has ended, and whose it is. */
export interface EndingCertificate extends CertificateEnd {
  readonly use: 'signing' | 'registry'
  /** Id of the NCP entry, or the name of the NCP in the registry. */
  readonly name: string
}

/** Looks at the certificates that this gateway signs with and those that it verifies with, and announces their end. */
export class CertificateWatch {
  private readonly announced = new Set<string>()

  constructor(
    private readonly ncps: readonly NcpFlow[],
    private readonly registry: Registry,
    private readonly log: Log,
    private readonly now: () => Date,
  ) {}

  /** The ends of the certificates that we sign with, near or far. */
  own(): readonly { readonly name: string; readonly endsAt: string }[] {
    return this.ncps.flatMap(({ entry }) => {
      const endsAt = describeCertificate(entry.signingKey.certificate)?.notAfter
      return endsAt === undefined ? [] : [{ name: entry.id, endsAt }]
    })
  }

  /** Those that end soon or have ended, the most urgent first. Of an NCP with several, the one that lasts longest counts. */
  async ending(): Promise<readonly EndingCertificate[]> {
    const { entries } = await this.registry.current()
    const found = [
      ...this.ncps.map(({ entry }) => this.endOf('signing', entry.id, [entry.signingKey.certificate])),
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
