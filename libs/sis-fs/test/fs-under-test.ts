import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SisError, type Claim, type SisConnection, type Subject } from '@emrex-gateway/core'
import {
  hostWithConnections,
  startFsSystem,
  type FsSystem,
  type FsSystemOptions,
  type OpenedCase,
} from '@emrex-gateway/testing'
import type { SisUnderTest } from '@emrex-gateway/testing/contracts'
import type { Student } from '@emrex-gateway/testing/population'
import { fsSettings, fsSisPlugin } from '../src/index.js'

export interface FsUnderTest extends SisUnderTest {
  readonly system: FsSystem
  /** Cases that were left for staff. */
  readonly opened: readonly OpenedCase[]
  /** The desk of the application takes no more cases. */
  refuseCases(): void
  /** The connection of the second institution, or one with other settings. */
  connect(more?: object, seat?: 'first' | 'second'): Promise<SisConnection>
}

/** A stand-in that is up and well, and the plugin connected to its first institution. */
export async function fsUnderTest(options: FsSystemOptions = {}, settings: object = {}): Promise<FsUnderTest> {
  const system = await startFsSystem(options)
  const connections = hostWithConnections()
  let refuses = false
  const open: typeof connections.cases.open = async (newCase) => {
    if (refuses) throw new SisError('refused', 'no more cases', { connection: newCase.system })
    return connections.cases.open(newCase)
  }
  const host = { ...connections, cases: { ...connections.cases, open } }
  const folder = mkdtempSync(join(tmpdir(), 'emrex-fs-'))
  const connect: FsUnderTest['connect'] = async (more = {}, seat = 'first') => {
    const { user, secret } = system.credentials[seat]
    const secretFile = join(folder, `${seat}.secret`)
    // Editors end a file with a line break.
    writeFileSync(secretFile, `${secret}\n`)
    const auth = {
      basic: { kind: 'basic', user, passwordFile: secretFile },
      header: { kind: 'header', name: system.keyHeader, keyFile: secretFile },
      bearer: { kind: 'bearer', tokenFile: secretFile },
    }[options.auth ?? 'basic']
    const { code, schac, title, titleEnglish } = system.institutions[seat]
    const parsed = fsSettings.parse({
      organisasjonskode: code,
      url: system.url,
      auth,
      institution: { title, titleEnglish, schac },
      minIntervalMs: 0,
      ...settings,
      ...more,
    })
    return fsSisPlugin.create(parsed, host, `fs-${seat}`)
  }
  const connection = await connect()
  return {
    system,
    connection,
    connect,
    opened: host.opened,
    refuseCases: () => void (refuses = true),
    logged: () => host.lines,
    is: (scenario) => system.is(scenario),
    subjectOf: async (student, way) => subjectOf(student, way),
    async close() {
      await connection.close()
      await host.close()
      await system.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** How a login names a student: by their national number where Norway gave it, else by the student number. */
export function subjectOf({ number, nationalId }: Student, way?: Claim['type']): Subject {
  if (nationalId?.country === 'NO' && way !== 'learnerId') return { claims: [{ type: 'nationalId', ...nationalId }] }
  return { claims: [{ type: 'learnerId', scheme: 'first.example', value: number }] }
}
