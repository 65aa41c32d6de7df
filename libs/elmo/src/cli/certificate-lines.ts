/** A certificate as people compare it. */
export interface ShownCertificate {
  readonly subject: string
  readonly fingerprint: string
  readonly endDate: string
}

/** Three lines: whose it is, its fingerprint, until when it is valid. */
export const certificateLines = (label: string, { subject, fingerprint, endDate }: ShownCertificate): string[] => [
  `${label}: ${subject}`,
  `  SHA-256 ${fingerprint}`,
  `  valid until ${endDate}`,
]
