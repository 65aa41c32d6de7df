import { z } from 'zod'

/** Settings of a connection to VIRTA. The key of the interface is a reference to a file. */
export const virtaSettings = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe('Where VIRTA answers, such as https://…/luku/OpiskelijanTiedot.'),
  caller: z
    .strictObject({
      system: z.string().min(1).max(100).describe('Name of our system as agreed with CSC (jarjestelma).'),
      user: z.string().min(1).max(100).describe('User name (tunnus).'),
      keyFile: z.string().min(1).describe('File with the key of the interface (avain), relative to the settings file.'),
    })
    .describe('Who we are; goes along in every request.'),
  learnerIdSchemes: z
    .array(z.string().min(1))
    .min(1)
    .default(['learner-id'])
    .describe('Schemes of learner ids, as the login names them, that mean the national learner OID (oppijanumero).'),
  institutions: z
    .array(
      z.strictObject({
        code: z.string().min(1).describe('The code that VIRTA names it by (Myontaja), five digits.'),
        title: z
          .strictObject({
            fi: z.string().min(1).optional(),
            sv: z.string().min(1).optional(),
            en: z.string().min(1).optional(),
          })
          .refine(({ fi, sv, en }) => (fi ?? sv ?? en) !== undefined, { message: 'give the name in one language' })
          .describe('Its name in fi, sv and en, as far as it has one.'),
        schac: z.string().min(1).optional().describe('Its web domain.'),
      }),
    )
    .default([])
    .describe('Institutions that the built-in table lacks, or names otherwise.'),
  minIntervalMs: z.number().int().min(0).max(60_000).default(100).describe('Between the beginnings of two requests.'),
  maxParallel: z.number().int().min(1).max(50).default(4).describe('Requests at the same time.'),
})

export type VirtaSettings = z.output<typeof virtaSettings>
