import { randomBytes } from 'node:crypto'
import { newApiKey } from '@emrex-gateway/smp'
import { exitCodes } from './exit-codes.js'

/** Prints a new key of the import API, which is shown this once, and its line for the settings. */
export function apiKeyCommand(id: string): number {
  if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(id)) {
    process.stderr.write('The id of a key has lower-case letters, digits and hyphens, at most 41.\n')
    return exitCodes.usage
  }
  const { key, hash } = newApiKey(id, (bytes) => randomBytes(bytes))
  process.stdout.write(
    `Key, shown this once; give it to the system that asks:\n  ${key}\n` +
      `Line for the settings (smp.N.api.clients.N.keys):\n  - { id: ${id}, hash: '${hash}', scopes: [requests:write, requests:read, results:read, requests:delete] }\n`,
  )
  return exitCodes.ok
}
