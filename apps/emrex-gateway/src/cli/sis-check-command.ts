import { sisContext, type SisConnection } from '@emrex-gateway/core'
import { buildGateway } from '../serve/build-gateway.js'
import { createLog } from '../serve/create-log.js'
import { loadSettings } from '../settings/load-settings.js'
import { exitCodes } from './exit-codes.js'
import { refusedStart } from './refused-start.js'
import { linesOfSystem } from './lines-of-system.js'

const listSeconds = 30

/** Tries the systems of a settings file, or the one that is named: credential, rights, certificate, what nobody has confirmed. */
export async function sisCheckCommand(file: string, wanted: string | undefined): Promise<number> {
  try {
    const gateway = await buildGateway(loadSettings(file), createLog('silent'), { beside: true })
    try {
      if (wanted === undefined && gateway.systems.size === 0) {
        // As where an SMP serves other systems alone: there is nothing to try.
        process.stdout.write(`${file}: names no systems\n`)
        return exitCodes.ok
      }
      const systems = [...gateway.systems.values()].filter(({ id }) => wanted === undefined || id === wanted)
      if (systems.length === 0) {
        const known = [...gateway.systems.keys()].join(', ')
        process.stderr.write(`emrex sis check: there is no system "${wanted}" (known: ${known || 'none'})\n`)
        return exitCodes.usage
      }
      let healthy = true
      for (const system of systems) {
        const { ok, lines } = await linesOfSystem(system)
        healthy &&= ok
        process.stdout.write(`${[...lines, ...(await abilityLines(system, ok))].join('\n')}\n`)
      }
      return healthy ? exitCodes.ok : exitCodes.refused
    } finally {
      await gateway.close()
    }
  } catch (error) {
    return refusedStart(error)
  }
}

/** What the connection can do for a transfer, and for which institutions. */
async function abilityLines({ source, target, login }: SisConnection, ok: boolean): Promise<string[]> {
  const lines: string[] = []
  if (source !== undefined) {
    const { findBy, delegated, failed, inProgress } = source.can
    const by = delegated === true ? 'their own leave, given by logging in there' : findBy.join(', ')
    const also = [...(failed ? ['failed'] : []), ...(inProgress ? ['unfinished'] : [])]
    lines.push(
      `  gives results; finds students by ${by}${also.length > 0 ? `; knows ${also.join(' and ')} ones too` : ''}`,
    )
    if (ok) lines.push(...(await institutionLines(source)))
  }
  if (target !== undefined) lines.push(`  takes imports: ${wordsOfMode[target.can.mode]}`)
  if (login !== undefined) lines.push(`  is a login: "${login.info.label}"`)
  return lines
}

const wordsOfMode = {
  structured: 'written into the system',
  document: 'stored there as a document',
  case: 'as a case for staff, who enter it by hand',
} as const

async function institutionLines(source: NonNullable<SisConnection['source']>): Promise<string[]> {
  const institutions = await source.institutions(sisContext(listSeconds, 'check'))
  const named = institutions.slice(0, 5).map(({ title }) => title)
  const more = institutions.length - named.length
  return [`  institutions: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`]
}
