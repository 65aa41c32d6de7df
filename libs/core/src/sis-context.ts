import type { SisContext } from './ports/sis-plugin.js'

/** What a call of a SIS is given: it is called off after so many seconds. `reference` is for logs. */
export const sisContext = (timeoutSeconds: number, reference: string): SisContext => ({
  signal: AbortSignal.timeout(timeoutSeconds * 1000),
  languages: ['en'],
  reference,
})
