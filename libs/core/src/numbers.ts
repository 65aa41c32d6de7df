const KiB = 1024
const MiB = 1024 * KiB

/**
 * Every default limit and period of the gateway, in one place. Settings may change them.
 *
 * Units stand in the names. Spec: the design's table of numbers (ARCHITECTURE.md, "Numbers").
 */
export const defaults = {
  /** A form posted to the SMP's return address. */
  returnFormMaxBytes: 64 * MiB,
  /** Any other request body. */
  formMaxBytes: 512 * KiB,
  /** An inflated ELMO document. */
  documentMaxBytes: 64 * MiB,
  /** Past the first MiB a document may be at most this many times its packed size. */
  inflateMaxRatio: 200,
  inflateRatioFreeBytes: 1 * MiB,
  documentMaxDepth: 64,
  elementMaxAttributes: 128,
  documentMaxNodes: 500_000,
  /** What we send: 24 base64url characters of 144 random bits. */
  sessionIdBytes: 18,
  sessionIdMaxLengthSent: 32,
  sessionIdMaxLengthAccepted: 255,
  returnMessageMaxShown: 500,
  /** Of a message of the other side; what is longer is cut. */
  returnMessageMaxKept: 10_000,
  /** Of a return code that we do not know. */
  returnCodeMaxShown: 40,
  /** Browsers and servers carry addresses of this length everywhere; no published client comes near it. */
  returnUrlMaxLength: 2000,
  smpTransferMinutes: 90,
  ncpIdleMinutes: 30,
  sealedBodyMinutes: 10,
  certificateWarningDays: [60, 30, 7],
  clockSkewMinutes: 5,
  loginClockSkewSeconds: 60,
  /** For requests under way when the gateway is told to stop; most supervisors kill after 30. */
  drainSeconds: 20,
} as const
