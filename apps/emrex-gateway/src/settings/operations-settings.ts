import { defaults } from '@emrex-gateway/core'
import { z } from 'zod'

const count = (usual: number) => z.number().int().min(1).default(usual)

/** What an operator sees the gateway by, and how much of it one address may use. */
export const operationsSettings = z.strictObject({
  admin: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: z.number().int().min(0).max(65535) })
    .optional()
    .describe('Address of /metrics and /health, for operators alone; absent = there is none.'),
  traces: z
    .strictObject({
      endpoint: z.url().describe('Where spans are posted to: OTLP over HTTP, such as http://127.0.0.1:4318/v1/traces.'),
      sampleRatio: z.number().min(0).max(1).default(1),
      serviceName: z.string().min(1).default('emrex-gateway'),
    })
    .optional()
    .describe('OpenTelemetry; absent = no traces.'),
  limits: z
    .strictObject({
      windowSeconds: count(defaults.limitWindowSeconds),
      startsPerAddress: count(defaults.limitStartsPerAddress),
      loginsPerAddress: count(defaults.limitLoginsPerAddress),
      returnsPerAddress: count(defaults.limitReturnsPerAddress),
      startsPerEntry: count(defaults.limitStartsPerEntry),
      callsPerKey: count(defaults.limitCallsPerKey),
    })
    .prefault({})
    .describe(
      'How often one address may begin, log in, or bring an answer at one entry within the window, and a key of the ' +
        'import API call.',
    ),
  busy: z
    .strictObject({
      requests: count(defaults.busyRequests),
      lagMilliseconds: count(defaults.busyLagMilliseconds),
    })
    .prefault({})
    .describe('From when on no new transfer is begun, so that those under way go on in time.'),
  drainNoticeSeconds: z
    .number()
    .min(0)
    .max(300)
    .default(defaults.drainNoticeSeconds)
    .describe('Told to stop, the gateway says so to the balancer and begins nothing new for so long, before it stops.'),
})
