import { readFileSync } from 'node:fs'
import { harmless, harmlessJson } from '@emrex-gateway/elmo/cli'
import {
  checkpointText,
  inspectAudit,
  inspectStore,
  readCheckpoints,
  type AuditVerdict,
  type Checkpoint,
} from '@emrex-gateway/store'
import { withDatabase, type OwnDatabase } from '../database/with-database.js'
import { exitCodes } from './exit-codes.js'

export interface AuditVerifyOptions {
  readonly entry?: string
  /** File with checkpoints that were kept elsewhere. */
  readonly checkpoints?: string
  readonly json: boolean
}

/** Verifies the chains of evidence next to a gateway that may be running. Gives the exit code: 1 when anything is wrong, 2 when the file cannot be read. */
export async function auditVerifyCommand(file: string, options: AuditVerifyOptions): Promise<number> {
  const kept = keptCheckpoints(options.checkpoints)
  if (kept === undefined) return exitCodes.usage
  const { entry, json } = options
  return withChains(file, async (chains) => {
    const verdict = await chains.verify({ kept, ...(entry === undefined ? {} : { entry }) })
    if (entry !== undefined && verdict.chains.length === 0) {
      process.stderr.write(`emrex audit verify: there is no evidence of an entry ${harmless(entry)}\n`)
      return exitCodes.usage
    }
    const sound = verdict.problems.length === 0
    process.stdout.write(json ? `${harmlessJson({ sound, ...verdict }, 2)}\n` : asText(verdict))
    return sound ? exitCodes.ok : exitCodes.refused
  })
}

/** Prints every checkpoint, one on each line. Gives the exit code. */
export function auditCheckpointsCommand(file: string): Promise<number> {
  return withChains(file, async (chains) => {
    for await (const each of chains.checkpoints()) process.stdout.write(`${checkpointText(each)}\n`)
    return exitCodes.ok
  })
}

function withChains(file: string, work: (chains: ReturnType<typeof inspectAudit>) => Promise<number>): Promise<number> {
  return withDatabase(file, { beside: true }, async ({ seal, auditSigning }: OwnDatabase, knex) => {
    const { schema, current, keyFits } = await inspectStore(knex, seal)
    const why =
      schema !== current
        ? 'the database has another schema than this version; `emrex store check` says more'
        : keyFits === false
          ? 'the seal key of the settings does not fit the database'
          : undefined
    if (why === undefined) return work(inspectAudit(knex, seal, auditSigning))
    process.stderr.write(`emrex audit: ${why}\n`)
    return exitCodes.usage
  })
}

function keptCheckpoints(file: string | undefined): readonly Checkpoint[] | undefined {
  if (file === undefined) return []
  try {
    const kept = readCheckpoints(readFileSync(file, 'utf8'))
    // As a command that failed leaves it behind: what is compared with nothing must not look as if it were.
    if (kept.length === 0) throw new Error('it holds no checkpoint')
    return kept
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    process.stderr.write(`emrex audit verify: cannot read ${file}: ${code ?? message}\n`)
    return undefined
  }
}

function asText({ chains, problems }: AuditVerdict): string {
  const lines = [problems.length === 0 ? 'The evidence holds.' : 'The evidence does NOT hold.']
  for (const { kind, entry, lines: count, beginsAt, staffForgotten, checkpoints } of chains) {
    const facts = [`${count} lines`, `${checkpoints} checkpoints`]
    if (beginsAt !== undefined) facts.push(`begins at line ${beginsAt}, older ones were deleted for their age`)
    if (staffForgotten > 0) facts.push(`name and reason of staff removed by retention in ${staffForgotten}`)
    lines.push(`${kind} ${entry}: ${facts.join('; ')}`)
    for (const { fault, seq, message } of problems.filter((each) => each.kind === kind && each.entry === entry))
      lines.push(`  line ${seq}: ${fault.toUpperCase()} – ${message}`)
  }
  return `${lines.map(harmless).join('\n')}\n`
}
