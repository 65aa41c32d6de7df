import type { ElmoLimits } from '@emrex-gateway/elmo'

const KiB = 1024
const MiB = 1024 * KiB

/**
 * Every default limit and period of the gateway, in one place. What a deployment may change has a setting; a plugin's own
 * settings bring their own defaults.
 *
 * Units stand in the names. A test sees that each of them is in use.
 */
export const defaults = {
  // What a request may hold.
  /** A form posted to the SMP's return address. */
  returnFormMaxBytes: 64 * MiB,
  /** Any other request body. */
  formMaxBytes: 512 * KiB,
  /** So much of a body is read whatever else arrives: more than most answers have. */
  bodyOwnBytes: 1 * MiB,
  /** What is beyond that, all bodies under way may hold together. */
  bodiesSharedBytes: 128 * MiB,
  /** Without a limit, a body of `a&b&c…` would fill the memory. */
  formMaxFields: 10_000,
  requestHeadersTimeoutSeconds: 15,
  /** For a whole request: 64 MiB must fit through a slow line. */
  requestTimeoutSeconds: 300,
  /** How long a connection without a request stays: longer than with proxies, which keep theirs for a minute. */
  idleConnectionSeconds: 75,

  // What a document may cost.
  documentMaxBytes: 64 * MiB,
  /** Past the first MiB a document may be at most this many times its packed size. */
  inflateMaxRatio: 200,
  inflateRatioFreeBytes: 1 * MiB,
  documentMaxDepth: 64,
  elementMaxAttributes: 128,
  documentMaxNodes: 500_000,

  // The two messages.
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

  // How long a transfer lives.
  smpTransferMinutes: 90,
  ncpIdleMinutes: 30,
  /** For so long a second click goes on with a login that was begun; whoever comes back later chooses anew. */
  loginOnItsWaySeconds: 5,
  /** However often somebody clicks, a transfer at the NCP ends after this time. */
  ncpLongestMinutes: 180,
  sealedBodyMinutes: 10,
  /** How long the end of a transfer, without anything personal, can still be shown. */
  endedTransferHours: 24,
  transferCookieHours: 24,
  /** How long a student is shown an import of theirs; each import begins it anew. */
  historyDays: 365,
  /** Receipts of one student; the oldest go. */
  historyMaxReceipts: 50,
  /** How long a case waits for staff, and a decided import for its SIS. */
  caseDays: 30,
  /** How long the number of a case that is over, without anything personal, is still known. */
  endedCaseDays: 90,
  caseFileNameMaxLength: 64,
  staffSessionMinutes: 60,
  staffReasonMaxLength: 500,

  // Second proofs, and the links that they make.
  proofCodeMinutes: 10,
  /** How often a code may be typed. */
  proofCodeTries: 3,
  /** The third code that was asked for, or typed, without success locks for so long; per login and SIS. */
  proofAttempts: 3,
  proofLockHours: 24,
  /** Between the answer to a student number and the look-up for it. */
  proofMailDelayMilliseconds: 250,
  /** For codes on their way when the gateway is told to stop. */
  proofMailPatienceSeconds: 5,
  studentNumberMaxLength: 64,
  /** A link that nobody used for 13 months dies. */
  linkUnusedDays: 396,

  // Systems, and deliveries to them.
  /** Reading from all sources ends after this time, with what is there; repetitions too. */
  collectSeconds: 12,
  /** How long a page waits for the results before it shows how far the reading is. */
  collectPatienceMilliseconds: 1500,
  collectPageSeconds: 2,
  /** How long a login page waits to be told which institutions a system has. */
  loginPagePatienceMilliseconds: 1500,
  /** For a look-up at a source outside of reading the results. */
  sourceTimeoutSeconds: 10,
  sisRetries: 2,
  sisRetryMilliseconds: 300,
  /** A system that wants to be left alone for longer is not asked again while somebody waits. */
  sisRetryAfterMaxSeconds: 5,
  /** Questions to one system at a time. */
  sisMaxParallel: 8,
  /** So many failures one after the other, and a system is left alone for a while. */
  sisBreakerFailures: 5,
  sisBreakerSeconds: 30,
  targetTimeoutSeconds: 30,
  /** Beside what the SIS may take (`targetTimeoutSeconds`). */
  deliveryLeaseSeconds: 60,
  /** First wait after a failed delivery; doubled each time. */
  deliveryRetrySeconds: 5,
  deliveryRetryMaxSeconds: 3600,
  /** Two days or more, three and a half as a rule; after so many a delivery waits until it is taken up again. */
  deliveryMaxAttempts: 120,
  /** How often what was given up is taken up again; a start does it as well. */
  takeUpHours: 24,

  // What plugins ask of other systems.
  outboundTimeoutSeconds: 20,
  /** Where the settings say how long a system may take, as `targetTimeoutSeconds` does: they can say this at most. */
  outboundLongestSeconds: 120,
  /** Of an answer, unpacked. */
  outboundAnswerMaxBytes: 5 * MiB,

  // The gateway's own database, on PostgreSQL.
  /** Of one instance; they count against the server's limit together. */
  databaseConnections: 10,
  /** For one statement, for a connection, and for a transaction that its process left alone. */
  databaseStatementSeconds: 30,

  // The import API.
  /** Of the body of a call. */
  apiBodyMaxBytes: 64 * KiB,
  /** How long the applicant has, where the call does not say. */
  requestDays: 14,
  requestMaxDays: 90,
  /** How long the end of a request, without anything personal, is still told. */
  endedRequestDays: 30,
  requestLinkBytes: 24,
  /** Links of one request that are good at the same time: each reminder and each repeated call brings another. */
  requestMaxLinks: 10,
  /** A reminder goes out so many days before the end. */
  reminderDays: [7, 1],
  reminderMaxAttempts: 10,
  webhookTimeoutSeconds: 10,
  webhookLeaseSeconds: 60,
  /** First wait after a delivery that failed; doubled each time. */
  webhookRetrySeconds: 5,
  webhookRetryMaxSeconds: 3600,
  /** As for a delivery. */
  webhookMaxAttempts: 120,

  // Periodic work.
  tidySeconds: 30,
  /** How often the ends of the chains of evidence are signed. What was written since is guarded by the seal key alone. */
  auditCheckpointMinutes: 60,
  /** At the start and every day so many of the newest lines of each chain are verified; the whole is for a command. */
  auditNewestLines: 1000,

  // How long evidence is kept, and what is done. Looked at once a day.
  /** Lines of evidence; none of them names a student. */
  evidenceDays: 730,
  /** Name and reason of staff in them. */
  evidenceStaffDays: 365,
  /** Deliveries, messages and reminders that are done. One that was given up stays. */
  doneJobDays: 30,
  /** So many rows go in one transaction, so that nobody waits for long. */
  retentionBatchRows: 1000,

  // Statistics.
  /** Smaller counts are not published. */
  publishedCountMin: 5,
  /** Notes that are added up in one transaction. */
  statisticsRollUpNotes: 5_000,

  // Registries. Spec: EWP registry API v1, "caching": 15 minutes recommended, never below 1 minute, not older than 3 hours.
  registryRefreshMinutes: 15,
  registryMinRefreshSeconds: 60,
  registryStaleMinutes: 180,
  registryListMaxBytes: 32 * MiB,
  registryTimeoutSeconds: 30,
  /** How long a page waits for the very first list where there is no copy of it. */
  registryFirstWaitSeconds: 3,

  // Operations.
  limitWindowSeconds: 600,
  /** Of one address at one entry within the window: a lecture hall behind one address must fit. */
  limitStartsPerAddress: 1200,
  limitLoginsPerAddress: 3000,
  limitReturnsPerAddress: 1200,
  /** Of everybody together at one entry. */
  limitStartsPerEntry: 30_000,
  /** Of one key of the import API at one entry within the window: five a second, all day. */
  limitCallsPerKey: 3000,
  /** So many requests at a time, and no new transfer is begun; three times as many, and nothing new but answers of NCPs. */
  busyRequests: 250,
  /** The same, for how late the event loop is. */
  busyLagMilliseconds: 500,
  /** When somebody who was sent away may come again; half as much again by chance, so that not all come at once. */
  busyRetrySeconds: 10,
  /** The same for somebody who came while the database was away. */
  storeRetrySeconds: 60,
  /** The rest of a request comes at this rate at least, looked at again and again; else its connection ends. */
  slowBodyMinBytes: 2048,
  slowBodySeconds: 10,
  /** How long a look at the store, and at a system, may take before it counts as in trouble. */
  healthStoreSeconds: 2,
  healthSystemSeconds: 10,
  /** How often a system that works, and one that does not, is looked at. */
  healthGoodSeconds: 300,
  healthBadSeconds: 60,
  /** How often files of keys are looked at. */
  keyFilesSeconds: 10,
  /** Between the word that we stop, and the stop: for a balancer to notice. */
  drainNoticeSeconds: 5,

  // Trust and time.
  /** The end of a certificate is announced so many days before it. */
  certificateWarningDays: [60, 30, 7],
  clockSkewMinutes: 5,
  /** For logins whose messages carry a date. */
  loginClockSkewSeconds: 60,
  /** For requests under way when the gateway is told to stop; most supervisors kill after 30. */
  drainSeconds: 20,
} as const

/** What a received document may cost, as the document library takes it. */
export const documentLimits: ElmoLimits = {
  maxBytes: defaults.documentMaxBytes,
  maxDepth: defaults.documentMaxDepth,
  maxAttributes: defaults.elementMaxAttributes,
  maxNodes: defaults.documentMaxNodes,
  maxRatio: defaults.inflateMaxRatio,
  ratioFreeBytes: defaults.inflateRatioFreeBytes,
}
