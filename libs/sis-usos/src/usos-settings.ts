import type { Loa } from '@emrex-gateway/core'
import { z } from 'zod'

/** Settings of one installation: each university runs its own USOS, with consumer keys of its own. */
export const usosSettings = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .transform((url) => (url.endsWith('/') ? url : `${url}/`))
    .describe('Address of the USOS API of the university, such as https://usosapps.example.edu.pl/.'),
  consumerKey: z
    .string()
    .min(1)
    .describe('The key of the gateway there; it is given out at developers/ below the address.'),
  consumerSecretFile: z.string().min(1).describe('File with the consumer secret, relative to the settings file.'),
  institution: z.strictObject({
    schac: z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
      .describe('Web domain of the university, as the installation names it in schac_id.'),
    title: z.string().min(1).optional().describe('Its name, where the one that USOS tells is not the right one.'),
    erasmus: z.string().min(1).optional().describe('Its Erasmus code.'),
    url: z.url().optional().describe('Its web site; without it, the address of the USOS API.'),
  }),
  label: z.string().min(1).default('USOS').describe('Name of the login on the page.'),
  loa: z
    .enum(['none', 'low', 'substantial', 'high'] satisfies (Loa | 'none')[])
    .default('low')
    .describe('Level of assurance that the login of the university has earned.'),
  distributions: z
    .boolean()
    .default(true)
    .describe('Ask how the grades of all students were spread (services/examrep).'),
  timeZone: z
    .string()
    .refine(isTimeZone, { message: 'is no time zone such as Europe/Warsaw' })
    .default('Europe/Warsaw')
    .describe('Of the clock of the installation, which names none.'),
  batchSize: z.number().int().min(1).max(500).default(80).describe('Most records to ask for in one request.'),
  referenceHours: z
    .number()
    .positive()
    .max(168)
    .default(24)
    .describe('How long courses, terms and scales are remembered.'),
  minIntervalMs: z.number().int().min(0).default(50).describe('Between the beginnings of two requests.'),
  maxParallel: z.number().int().min(1).default(4).describe('Most requests at a time.'),
  timeoutSeconds: z.number().positive().max(120).default(12).describe('Longest wait for an answer during the login.'),
})

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

export type UsosSettings = z.output<typeof usosSettings>
