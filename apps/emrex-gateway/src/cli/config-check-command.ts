import { harmless } from '@emrex-gateway/elmo/cli'
import { describeDatabase } from '../database/look-at-database.js'
import { isInClear } from '../database/open-database.js'
import { kindOf, readOwn } from '../database/with-database.js'
import { buildGateway } from '../serve/build-gateway.js'
import { createLog } from '../serve/create-log.js'
import { loadSettings } from '../settings/load-settings.js'
import { exitCodes } from './exit-codes.js'
import { refusedStart } from './refused-start.js'
import { linesOfSystem } from './lines-of-system.js'
import { useOfLogins } from './use-of-logins.js'

/**
 * Opens everything that the settings name, asks each system and login how it is, names certificates that end soon, and says
 * what would be served. Gives the exit code, by which whoever deploys goes on or not: 1 when people would find something closed.
 */
export async function configCheckCommand(file: string): Promise<number> {
  try {
    const loaded = loadSettings(file)
    const gateway = await buildGateway(loaded, createLog('silent'), { beside: true })
    const { place } = readOwn(file)
    const lines = [`${file}: environment ${loaded.settings.environment}`]
    lines.push(`Database: ${kindOf(place)}: ${await describeDatabase(place)}`)
    if (loaded.settings.environment === 'production' && isInClear(place))
      lines.push('  NOT encrypted on its way to another host: database.tls')
    let healthy = true
    for (const { entry } of gateway.ncps) lines.push(`NCP ${entry.id}: ${entry.publicUrl} ("${entry.title}")`)
    for (const { flow, staff, api } of gateway.smps) {
      lines.push(`SMP ${flow.entry.id}: ${flow.entry.publicUrl} ("${flow.entry.title}")`)
      if (staff === undefined && api === undefined) lines.push('  NOBODY sees its cases: staffLogin')
    }
    for (const system of gateway.systems.values()) {
      const { ok, lines: found } = await linesOfSystem(system)
      healthy &&= ok
      lines.push(...found)
    }
    if (loaded.settings.registries.length > 0) {
      const { entries, skipped } = await gateway.registry.refresh()
      healthy &&= entries.length > 0 || gateway.smps.length === 0
      lines.push(
        `Registries: ${entries.length === 0 ? 'NO NCP is known' : `NCPs known: ${entries.length}`}`,
        // Names and places are what others published.
        ...skipped.map(({ source, position, reason }) => harmless(`  ${source}, left out: ${position}: ${reason}`)),
      )
    }
    await gateway.loginWatch.refresh()
    for (const [id, { info, unconfirmed = [] }] of gateway.logins) {
      const { available, findings } = gateway.loginWatch.stateOf(id) ?? { available: true, findings: [] }
      healthy &&= available
      lines.push(
        `Login ${id} ("${info.label}"): ${available ? 'in order' : 'NOT available'}`,
        ...findings.map((finding) => `  ${finding}`),
        ...unconfirmed.map((line) => `  not confirmed: ${line}`),
      )
    }
    lines.push(...(await useOfLogins(gateway)))
    for (const { use, name, endsAt, daysLeft } of await gateway.certificates.ending()) {
      healthy &&= daysLeft >= 0 || use !== 'signing'
      lines.push(
        `Certificate (${use}) of ${name}: ${daysLeft < 0 ? 'ENDED' : `ends in ${daysLeft} days,`} on ${endsAt.slice(0, 10)}`,
      )
    }
    await gateway.close()
    process.stdout.write(`${lines.join('\n')}\n`)
    return healthy ? exitCodes.ok : exitCodes.refused
  } catch (error) {
    return refusedStart(error)
  }
}
