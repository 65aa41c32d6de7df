import { describeCertificate } from '@emrex-gateway/elmo'
import { defaults } from './numbers.js'

const dayMs = 86_400_000

/** A certificate whose end is near, or past. */
export interface CertificateEnd {
  /** ISO 8601, UTC. */
  readonly endsAt: string
  /** Whole days, rounded down; negative once it has ended. */
  readonly daysLeft: number
  /** The announcement that is due: the smallest of the given days not yet passed, 0 once it has ended. */
  readonly announcement: number
}

/**
 * Whether the end of a certificate is to be announced, and how urgently; undefined while it is far, and for a bare public
 * key, which has no end.
 *
 * @param pem a certificate or a public key.
 * @param days the announcements, in days before the end.
 * @throws {ElmoError} ELMO_CERTIFICATE when it is neither.
 */
export function certificateEnd(
  pem: string,
  now: Date,
  days: readonly number[] = defaults.certificateWarningDays,
): CertificateEnd | undefined {
  const endsAt = describeCertificate(pem)?.notAfter
  if (endsAt === undefined) return undefined
  const leftMs = Date.parse(endsAt) - now.getTime()
  const due = days.filter((before) => leftMs <= before * dayMs)
  if (due.length === 0) return undefined
  return { endsAt, daysLeft: Math.floor(leftMs / dayMs), announcement: leftMs <= 0 ? 0 : Math.min(...due) }
}
