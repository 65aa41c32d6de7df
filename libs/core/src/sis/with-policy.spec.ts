import { setTimeout as wait } from 'node:timers/promises'
import type { LogFields } from '../ports/log.js'
import type { Enrolment, SisConnection, SisContext } from '../ports/sis-plugin.js'
import { SisError, type SisErrorKind } from '../sis-error.js'
import { withPolicy, type SisPolicy } from './with-policy.js'

const policy: SisPolicy = {
  retries: 2,
  retryMilliseconds: 1,
  retryAfterMaxMilliseconds: 1000,
  maxParallel: 2,
  breaker: { failures: 5, openSeconds: 30 },
}
const subject = { claims: [] }
const enrolment: Enrolment = {
  person: 'p',
  institution: { code: 'u', title: 'University' },
  learner: { givenNames: 'Ada', familyName: 'Test' },
}
const within = (milliseconds = 10_000): SisContext => ({
  signal: AbortSignal.timeout(milliseconds),
  languages: ['en'],
  reference: 'r',
})
const fails = (kind: SisErrorKind, retryAfterMs?: number) =>
  new SisError(kind, kind, { connection: 'sis', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })

/** A system whose `find` does what the script says, call by call; past its end it finds nobody. */
function sis(script: (SisError | (() => Promise<Enrolment[]>))[], change: Partial<SisPolicy> = {}) {
  let calls = 0
  let now = 0
  const logged: [string, LogFields | undefined][] = []
  const write = (event: string, fields?: LogFields) => void logged.push([event, fields])
  const answer = async () => {
    const step = script[calls++]
    if (step === undefined) return []
    if (step instanceof SisError) throw step
    return step()
  }
  const plain: SisConnection = {
    id: 'sis',
    source: {
      can: { findBy: ['esi'], failed: false, inProgress: false },
      institutions: async () => [],
      find: answer,
      async *reports() {
        yield { notice: `try-${calls}` }
        await answer()
      },
      async *openAttachment() {
        yield new Uint8Array([1])
        await answer()
        yield new Uint8Array([2])
      },
    },
    target: {
      can: { findBy: ['esi'], mode: 'structured' },
      match: answer,
      submit: async ({ id }) => {
        await answer()
        return { id, state: 'accepted' }
      },
    },
    check: async () => ({ ok: true, findings: [] }),
    close: async () => {},
  }
  const connection = withPolicy(
    plain,
    { ...policy, ...change },
    {
      log: { debug: write, info: write, warn: write, error: write },
      now: () => new Date(now),
    },
  )
  return {
    find: (context = within()) => connection.source!.find(subject, context),
    connection,
    logged,
    later: (seconds: number) => void (now += seconds * 1000),
    get calls() {
      return calls
    },
  }
}
const kindOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'well',
    (error: SisError) => error.kind,
  )

describe('withPolicy', () => {
  it.each<SisErrorKind>(['unavailable', 'rate-limited', 'timeout'])('asks again after %s', async (kind) => {
    const system = sis([fails(kind), fails(kind)])
    expect(await system.find()).toEqual([])
    expect(system.calls).toBe(3)
  })

  it.each<SisErrorKind>(['credential', 'forbidden', 'expired', 'ambiguous', 'bad-data', 'refused', 'unsupported'])(
    'does not ask again after %s',
    async (kind) => {
      const system = sis([fails(kind)])
      expect(await kindOf(system.find())).toBe(kind)
      expect(system.calls).toBe(1)
    },
  )

  it('gives up after the last repetition', async () => {
    const system = sis([1, 2, 3, 4].map(() => fails('unavailable')))
    expect(await kindOf(system.find())).toBe('unavailable')
    expect(system.calls).toBe(3)
  })

  it('waits as long as the system asks, and says why when that is longer than there is time', async () => {
    const patient = sis([fails('rate-limited', 200)])
    const started = Date.now()
    await patient.find()
    expect(Date.now() - started).toBeGreaterThanOrEqual(190)
    const late = sis([fails('rate-limited', 900)])
    expect(await kindOf(late.find(within(100)))).toBe('rate-limited')
    expect(late.calls).toBe(1)
  })

  it('does not let a person wait for a system that wants to be left alone for long', async () => {
    const system = sis([fails('rate-limited', 60_000)])
    expect(await kindOf(Promise.race([system.find(), wait(5000)]))).toBe('rate-limited')
    expect(system.calls).toBe(1)
  })

  it('gives a report once, whole, although reading it failed before', async () => {
    const { connection } = sis([fails('unavailable')])
    const items: unknown[] = []
    const want = { failed: false, inProgress: false }
    for await (const item of connection.source!.reports(enrolment, want, within(), subject)) items.push(item)
    expect(items).toEqual([{ notice: 'try-1' }])
  })

  it('ends with the signal, although the plugin never does', async () => {
    const never = () => new Promise<Enrolment[]>(() => {})
    expect(await kindOf(sis([never]).find(within(50)))).toBe('timeout')
    const { connection } = sis([never])
    const pieces: number[] = []
    const read = async () => {
      for await (const piece of connection.source!.openAttachment!(
        enrolment,
        { id: 'a', key: 'k', mediaType: 'application/pdf' },
        within(50),
      ))
        pieces.push(piece[0]!)
    }
    expect(await kindOf(read())).toBe('timeout')
    expect(pieces).toEqual([1])
  })

  it('asks so many questions at a time, and the others in their order', async () => {
    let running = 0
    let most = 0
    const order: number[] = []
    const step = (index: number) => async () => {
      running += 1
      most = Math.max(most, running)
      order.push(index)
      await wait(10)
      running -= 1
      return []
    }
    const system = sis([0, 1, 2, 3, 4, 5].map(step))
    await Promise.all([0, 1, 2, 3, 4, 5].map(() => system.find()))
    expect([most, order]).toEqual([2, [0, 1, 2, 3, 4, 5]])
  })

  it('lets who waits for a place go when its time is over, and the place stays usable', async () => {
    const system = sis([() => wait(150, []), () => wait(150, [])])
    const both = [system.find(), system.find()]
    expect(await kindOf(system.find(within(30)))).toBe('timeout')
    await Promise.all(both)
    expect(await kindOf(system.find())).toBe('well')
  })

  it('never repeats a submission: its job does, with the same id', async () => {
    const system = sis([fails('unavailable')])
    const delivery = { id: 'd' } as Parameters<NonNullable<SisConnection['target']>['submit']>[0]
    expect(await kindOf(system.connection.target!.submit(delivery, within()))).toBe('unavailable')
    expect(system.calls).toBe(1)
  })

  describe('circuit breaker', () => {
    it('leaves a system alone after five failures, tries one question after a while, and closes when it is well', async () => {
      const system = sis(
        Array.from({ length: 6 }, () => fails('unavailable')),
        { retries: 0 },
      )
      for (let index = 0; index < 5; index++) await kindOf(system.find())
      expect([await kindOf(system.find()), system.calls]).toEqual(['unavailable', 5])
      system.later(31)
      expect([await kindOf(system.find()), system.calls]).toEqual(['unavailable', 6])
      expect([await kindOf(system.find()), system.calls]).toEqual(['unavailable', 6])
      system.later(31)
      expect([await kindOf(system.find()), system.calls]).toEqual(['well', 7])
      expect(await kindOf(system.find())).toBe('well')
      expect(system.logged.map(([event]) => event)).toEqual(['sis.left-alone', 'sis.left-alone'])
    })

    it('does not leave it alone until then when the clock was ahead and is set right', async () => {
      const system = sis(
        Array.from({ length: 5 }, () => fails('unavailable')),
        { retries: 0 },
      )
      system.later(7200)
      for (let index = 0; index < 5; index++) await kindOf(system.find())
      system.later(-7200)
      expect(await kindOf(system.find())).toBe('well')
    })

    it('lets one question through after a while, and keeps the others back until its outcome is there', async () => {
      let answer = () => {}
      const waits = () => new Promise<Enrolment[]>((resolve) => (answer = () => resolve([])))
      const system = sis([...Array.from({ length: 5 }, () => fails('unavailable')), waits], { retries: 0 })
      for (let index = 0; index < 5; index++) await kindOf(system.find())
      system.later(31)
      const first = system.find()
      expect([await kindOf(system.find()), system.calls]).toEqual(['unavailable', 6])
      answer()
      expect([await kindOf(first), await kindOf(system.find())]).toEqual(['well', 'well'])
    })

    it('closes when an attachment was read, too', async () => {
      const system = sis(
        Array.from({ length: 5 }, () => fails('unavailable')),
        { retries: 0 },
      )
      for (let index = 0; index < 5; index++) await kindOf(system.find())
      system.later(31)
      const attachment = { id: 'a', key: 'k', mediaType: 'application/pdf' }
      const read = async () => {
        for await (const _piece of system.connection.source!.openAttachment!(enrolment, attachment, within()));
      }
      expect([await kindOf(read()), await kindOf(read()), await kindOf(system.find())]).toEqual([
        'well',
        'well',
        'well',
      ])
    })

    it('leaves a system alone at once that refuses our credential, and tells the operator which', async () => {
      const system = sis([fails('credential')])
      expect([await kindOf(system.find()), await kindOf(system.find())]).toEqual(['credential', 'credential'])
      expect(system.calls).toBe(1)
      expect(system.logged[0]).toEqual([
        'sis.credential-refused',
        expect.objectContaining({ connection: 'sis', reference: 'r' }),
      ])
    })

    it('does not mind failures that are about one person', async () => {
      const system = sis(Array.from({ length: 20 }, () => fails('forbidden')))
      for (let index = 0; index < 20; index++) await kindOf(system.find())
      expect(await kindOf(system.find())).toBe('well')
    })
  })
})
