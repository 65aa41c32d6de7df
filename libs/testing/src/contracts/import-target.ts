import {
  SisError,
  type Delivery,
  type ImportTarget,
  type SisConnection,
  type SisContext,
  type Subject,
} from '@emrex-gateway/core'
import { testChecks, type ContractCheck } from './contract-check.js'
import { deliveredDocument, itemsOfDocument } from './delivered-document.js'
import { everyWord, expectNothingPersonal } from './nothing-personal.js'
import { context, failureOf } from './read-with-source.js'
import { resourcesInUse, untilResources } from './resources-in-use.js'

/** What the kit needs from the SIS under test. `open` starts with a SIS that has imported nothing. */
export interface ImportTargetKit {
  open(): Promise<ImportTargetUnderTest>
  readonly student: Subject
  readonly unknownPerson: Subject
  /** Two people fit it. Absent where this target finds nobody by what two people can share. */
  readonly ambiguous?: Subject
  /** Somebody whose address is on file, by student number. Absent where the SIS knows no addresses. */
  readonly contact?: { readonly byNumber: Subject; readonly email: string }
  /** All that was logged, where one host serves every system that is opened. */
  readonly logged?: () => readonly string[]
  /** Names, numbers and keys of the student; none may turn up in an error, a receipt or a log line. */
  readonly personalData: readonly string[]
}

export interface ImportTargetUnderTest {
  readonly connection: SisConnection
  /** A second connection to the same SIS, as another instance of the gateway would have. */
  readonly other: SisConnection
  /**
   * What the SIS holds now; of a target whose mode is `case`, what the case desk of the host was given. `items` are
   * results, parts included.
   */
  imported(): Promise<{ deliveries: number; items: number; documents: readonly Uint8Array[] }>
  /** Makes the SIS refuse the last item of the next delivery, for a reason of its own. Absent where it cannot refuse one. */
  refuseLastItem?(): Promise<void>
  /** The SIS imports the next delivery and the answer is lost. Absent where nothing can come between. */
  loseNextAnswer?(): Promise<void>
  /** All that the plugin logged since the start. */
  logged?(): readonly string[]
  close(): Promise<void>
}

/** The promises of `ImportTarget`, run against one SIS. */
export function importTargetContract(name: string, kit: ImportTargetKit): void {
  describe(`import target contract: ${name}`, () => testChecks(importTargetChecks(kit)))
}

export function importTargetChecks(kit: ImportTargetKit): readonly ContractCheck[] {
  const checks: ContractCheck[] = []
  const check = (name: string, run: (under: ImportTargetUnderTest, target: ImportTarget) => Promise<void>): void => {
    checks.push({
      name,
      run: async () => {
        const under = await kit.open()
        try {
          await run(under, targetOf(under.connection))
        } finally {
          await under.close()
        }
      },
    })
  }
  const deliver = async (target: ImportTarget, id: string): Promise<Delivery> => {
    const [owner] = await target.match(kit.student, context())
    if (owner === undefined) throw new Error('the student of the kit is not known')
    const { document, certificate } = await deliveredDocument()
    return {
      id,
      owner,
      match: { verdict: 'same', reasons: ['identifier-shared'] },
      origin: { ncp: 'Gora NCP', country: 'PL', receivedAt: '2026-01-02T03:04:05.000Z' },
      document,
      trust: { certificates: [certificate] },
    }
  }
  const submit = async (target: ImportTarget, id: string, given: SisContext = context()) =>
    target.submit(await deliver(target, id), given)
  const secrets = [...kit.personalData, 'Nordmann', 'DROP TABLE', '=cmd']

  check('knows the student who logged in, and nobody else', async (_, target) => {
    expect(await target.match(kit.student, context())).toHaveLength(1)
    expect(await target.match(kit.unknownPerson, context())).toEqual([])
  })

  check('knows nobody when nothing is known about a person', async (_, target) => {
    expect(await target.match({ claims: [] }, context())).toEqual([])
  })

  const { ambiguous } = kit
  if (ambiguous !== undefined)
    check('gives everybody who fits, and never picks one of two', async (_, target) => {
      const found = await target.match(ambiguous, context())
      expect(new Set(found.map(({ person }) => person)).size).toBe(2)
    })

  check('has addresses only together with institutions, and finds by student number then', async (_, target) => {
    expect(target.contact === undefined).toBe(target.institutions === undefined)
    if (target.contact === undefined || kit.contact === undefined) return
    const [enrolment] = await target.match(kit.contact.byNumber, context())
    expect(await target.contact(enrolment!, context())).toEqual({ email: kit.contact.email })
    const known = (await target.institutions!(context())).find(({ code }) => code === enrolment!.institution.code)
    expect(known).toMatchObject({ hasContacts: true })
  })

  check('imports a delivery with every result and the document as it was received', async (under, target) => {
    const receipt = await submit(target, 'delivery-one')
    expect(receipt.id).toBe('delivery-one')
    expect(['queued', 'accepted', 'partly']).toContain(receipt.state)
    const imported = await under.imported()
    expect(imported).toMatchObject({ deliveries: 1, items: itemsOfDocument })
    expect(Buffer.from(imported.documents[0]!).equals((await deliveredDocument()).document.xml)).toBe(true)
    expectNothingPersonal([JSON.stringify(receipt)], kit.personalData)
  })

  check('imports the same delivery once, and gives the same receipt again', async (under, target) => {
    const delivery = await deliver(target, 'delivery-one')
    const first = await target.submit(delivery, context())
    expect(await target.submit(delivery, context())).toEqual(first)
    expect(await under.imported()).toMatchObject({ deliveries: 1, items: itemsOfDocument })
  })

  check('imports a delivery once when two instances hand it in at the same time', async (under, target) => {
    const delivery = await deliver(target, 'delivery-one')
    const other = targetOf(under.other)
    const receipts = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? target : other).submit(delivery, context())),
    )
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1)
    expect(await under.imported()).toMatchObject({ deliveries: 1, items: itemsOfDocument })
  })

  check('imports a delivery once when the first answer was lost', async (under, target) => {
    if (under.loseNextAnswer === undefined) return
    const delivery = await deliver(target, 'delivery-one')
    await under.loseNextAnswer()
    expect(await failureOf(() => target.submit(delivery, context()))).toMatchObject({
      name: 'SisError',
      retryable: true,
    })
    expect(await target.submit(delivery, context())).toMatchObject({ id: 'delivery-one' })
    expect(await under.imported()).toMatchObject({ deliveries: 1, items: itemsOfDocument })
  })

  check('imports different deliveries side by side', async (under, target) => {
    for (const id of ['delivery-one', 'delivery-two']) await submit(target, id)
    expect(await under.imported()).toMatchObject({ deliveries: 2, items: 2 * itemsOfDocument })
  })

  check('imports nothing of a delivery that is refused in the middle, without personal data', async (under, target) => {
    if (under.refuseLastItem === undefined) return
    const delivery = await deliver(target, 'delivery-one')
    await under.refuseLastItem()
    const error = await failureOf(() => target.submit(delivery, context()))
    expect(error).toBeInstanceOf(SisError)
    expect((error as SisError).kind).toBe('refused')
    expectNothingPersonal([everyWord(error)], secrets)
    expect(await under.imported()).toMatchObject({ deliveries: 0, items: 0 })
  })

  check('stops at once when it was called off before, and imports nothing', async (under, target) => {
    const stopped = context(AbortSignal.abort())
    const delivery = await deliver(target, 'delivery-one')
    for (const work of [() => target.match(kit.student, stopped), () => target.submit(delivery, stopped)])
      expect(await failureOf(work)).toMatchObject({ name: 'SisError', kind: 'timeout' })
    expect(await under.imported()).toMatchObject({ deliveries: 0, items: 0 })
  })

  check('knows the state of a delivery afterwards, and none of one that it never got', async (_, target) => {
    if (target.status === undefined) return
    const receipt = await submit(target, 'delivery-one')
    expect(await target.status('delivery-one', context())).toEqual(receipt)
    expect(await target.status('delivery-two', context())).toBeUndefined()
  })

  check('logs nothing personal', async (under, target) => {
    await submit(target, 'delivery-one')
    const lines = [...(kit.logged?.() ?? []), ...(under.logged?.() ?? [])]
    expectNothingPersonal(lines, [...secrets, 'delivery-one'])
  })

  checks.push({
    name: 'leaves nothing open when it is closed',
    run: async () => {
      await deliveredDocument()
      const before = resourcesInUse()
      const under = await kit.open()
      try {
        await submit(targetOf(under.connection), 'delivery-one')
      } finally {
        await under.close()
      }
      expect(await untilResources(before)).toEqual([])
    },
  })
  return checks
}

function targetOf(connection: SisConnection): ImportTarget {
  if (connection.target === undefined) throw new Error('this connection has no target')
  return connection.target
}
