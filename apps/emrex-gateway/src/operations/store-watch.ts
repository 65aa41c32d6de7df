import { defaults, type GatewayStore } from '@emrex-gateway/core'

export interface StoreHealth {
  readonly answers: boolean
  readonly writable: boolean
  /** The code that the database gave when it could not be written. */
  readonly finding?: string
}

/** The row of the probe: the same bytes each time, unless room is looked for. */
const probeKey = 'health'
const smallBytes = 16
const probeBytes = 64 * 1024
/** A look at whether it can be written costs a write. */
const writeMs = 15_000
/** What says that there is no room, or that nothing may be written: of SQLite, PostgreSQL (class 53) and the system. */
const noRoom = /^(SQLITE_(FULL|READONLY|IOERR|CANTOPEN)\w*|53100|53200|25006|ENOSPC|EROFS|EDQUOT|EFBIG)$/

/**
 * How the database is: whether it answers in time, and whether it can be written. A write that fails for want of room is
 * noticed at once; whether there is room again is tried with a write as large as a transfer needs.
 */
export class StoreWatch {
  private full: string | undefined
  private wroteAt = 0

  constructor(
    private readonly store: () => Pick<GatewayStore, 'ping' | 'copies'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Passes the write on, and notices that there is no room. */
  async writing<T>(write: () => Promise<T>): Promise<T> {
    try {
      const written = await write()
      this.wroteAt = this.now()
      return written
    } catch (error) {
      this.notice(error)
      throw error
    }
  }

  /** What is known, and whether it answers now. Never rejects, and takes two seconds at most. */
  async look(): Promise<StoreHealth> {
    const answers = await withinSeconds(defaults.healthStoreSeconds, this.store().ping())
    if (!answers) return { answers, writable: false }
    await this.probe()
    return this.full === undefined ? { answers, writable: true } : { answers, writable: false, finding: this.full }
  }

  private async probe(): Promise<void> {
    if (this.full === undefined && this.now() - this.wroteAt < writeMs) return
    const body = new Uint8Array(this.full === undefined ? smallBytes : probeBytes)
    const write = async () => {
      await this.store().copies.put(probeKey, { body, fetchedAt: 0 })
      this.full = undefined
      // It keeps no room that somebody else could use.
      if (body.length === probeBytes)
        await this.store().copies.put(probeKey, { body: new Uint8Array(smallBytes), fetchedAt: 0 })
    }
    await withinSeconds(defaults.healthStoreSeconds, this.writing(write))
  }

  private notice(error: unknown): void {
    const code = codeOf(error)
    if (code !== undefined && noRoom.test(code)) this.full = code
  }
}

function codeOf(error: unknown): string | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth++) {
    const { code } = cause as { code?: unknown }
    if (typeof code === 'string' && noRoom.test(code)) return code
    const { errstr } = cause as { errstr?: unknown }
    if (typeof errstr === 'string' && /full|readonly|disk I\/O/.test(errstr)) return 'SQLITE_FULL'
  }
  return undefined
}

async function withinSeconds(seconds: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), seconds * 1000)
  })
  try {
    return await Promise.race([work.then(() => true).catch(() => false), late])
  } finally {
    clearTimeout(timer)
  }
}
