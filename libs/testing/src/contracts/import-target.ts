import {
  SisError,
  type Delivery,
  type ImportTarget,
  type SisConnection,
  type SisContext,
  type Subject,
} from '@emrex-gateway/core'
import { signElmo, verifyElmo, writeElmo, type Elmo, type VerifiedElmo } from '@emrex-gateway/elmo'
import { makeThrowawaySigner } from '../throwaway-signer.js'
import { everyWord, expectNothingPersonal } from './nothing-personal.js'

/** What the kit needs from the SIS under test. `open` starts with a SIS that has imported nothing. */
export interface ImportTargetKit {
  open(): Promise<ImportTargetUnderTest>
  readonly student: Subject
  readonly unknownPerson: Subject
  /** Somebody whose address is on file, by student number. Absent where the SIS knows no addresses. */
  readonly contact?: { readonly byNumber: Subject; readonly email: string }
  readonly logged: () => readonly string[]
  /** Names, numbers and keys of the student; none may turn up in an error, a receipt or a log line. */
  readonly personalData: readonly string[]
}

export interface ImportTargetUnderTest {
  readonly connection: SisConnection
  /** A second connection to the same SIS, as another instance of the gateway would have. */
  readonly other: SisConnection
  /** What the SIS holds now. */
  imported(): Promise<{ deliveries: number; items: number; documents: readonly Uint8Array[] }>
  /** Makes the SIS refuse the last item of the next delivery, for a reason of its own. */
  refuseLastItem(): Promise<void>
  close(): Promise<void>
}

/** A course with a part, and a course without credits: three items. */
const document: Elmo = {
  generatedDate: '2026-01-01T00:00:00Z',
  learner: { givenNames: 'Ada Marie', familyName: 'Nordmann-Prøve', bday: '1989-06-05' },
  reports: [
    {
      issuer: {
        country: 'PL',
        identifier: [{ type: 'schac', value: 'zielonobrzeg.example' }],
        title: [{ value: 'Uniwersytet Zielonobrzeski', lang: 'pl' }],
        url: 'https://zielonobrzeg.example/',
      },
      learningOpportunitySpecification: [
        {
          identifier: [{ type: 'local', value: 'X-1' }],
          title: [{ value: 'Zażółć gęślą jaźń', lang: 'pl' }],
          type: 'Course',
          instance: { date: '2025-06-20', status: 'passed', credit: [{ scheme: 'ects', value: '7.5' }] },
          parts: [
            {
              title: [{ value: '=cmd|whatever', lang: 'en' }],
              type: 'Class',
              instance: { status: 'passed', resultLabel: '5' },
            },
          ],
        },
        {
          identifier: [{ type: 'local', value: 'X-2' }],
          title: [{ value: 'Robert"); DROP TABLE x;--', lang: 'en' }],
          type: 'Course',
          instance: { date: '2025-06-21', status: 'passed' },
        },
      ],
      issueDate: '2026-01-01T00:00:00Z',
    },
  ],
}
const itemsOfDocument = 3

/** The promises of `ImportTarget`, run against one SIS. */
export function importTargetContract(name: string, kit: ImportTargetKit): void {
  const context: SisContext = { signal: new AbortController().signal, languages: ['en'], reference: 'contract' }
  let verified: VerifiedElmo
  let certificate: string

  const deliver = async (target: ImportTarget, id: string): Promise<Delivery> => {
    const [owner] = await target.match(kit.student, context)
    if (owner === undefined) throw new Error('the student of the kit is not known')
    return {
      id,
      owner,
      match: { verdict: 'same', reasons: ['identifier-shared'] },
      origin: { ncp: 'https://ncp.example/', country: 'PL', receivedAt: '2026-01-02T03:04:05.000Z' },
      document: verified,
      trust: { certificates: [certificate] },
    }
  }
  const withTarget = async (work: (under: ImportTargetUnderTest, target: ImportTarget) => Promise<void>) => {
    const under = await kit.open()
    try {
      await work(under, targetOf(under.connection))
    } finally {
      await under.close()
    }
  }

  describe(`import target contract: ${name}`, () => {
    beforeAll(async () => {
      const signer = await makeThrowawaySigner()
      const outcome = verifyElmo(signElmo(writeElmo(document), signer), {
        certificates: [signer.certificate],
        at: new Date(),
      })
      if (!outcome.verified) throw new Error(outcome.code)
      verified = outcome.document
      certificate = signer.certificate
    })

    it('knows the student who logged in, and nobody else', () =>
      withTarget(async (_, target) => {
        expect(await target.match(kit.student, context)).toHaveLength(1)
        expect(await target.match(kit.unknownPerson, context)).toEqual([])
      }))

    it('has addresses only together with institutions, and finds by student number then', () =>
      withTarget(async (_, target) => {
        expect(target.contact === undefined).toBe(target.institutions === undefined)
        if (target.contact === undefined || kit.contact === undefined) return
        const [enrolment] = await target.match(kit.contact.byNumber, context)
        expect(await target.contact(enrolment!, context)).toEqual({ email: kit.contact.email })
        const known = (await target.institutions!(context)).find(({ code }) => code === enrolment!.institution.code)
        expect(known).toMatchObject({ hasContacts: true })
      }))

    it('imports a delivery with every result and the document as it was received', () =>
      withTarget(async (under, target) => {
        const receipt = await target.submit(await deliver(target, 'delivery-one'), context)
        expect(receipt.id).toBe('delivery-one')
        expect(['queued', 'accepted', 'partly']).toContain(receipt.state)
        const imported = await under.imported()
        expect(imported).toMatchObject({ deliveries: 1, items: itemsOfDocument })
        expect(Buffer.from(imported.documents[0]!).equals(verified.xml)).toBe(true)
        expectNothingPersonal([JSON.stringify(receipt)], kit.personalData)
      }))

    it('imports the same delivery once, and gives the same receipt again', () =>
      withTarget(async (under, target) => {
        const delivery = await deliver(target, 'delivery-one')
        const first = await target.submit(delivery, context)
        expect(await target.submit(delivery, context)).toEqual(first)
        expect(await under.imported()).toMatchObject({ deliveries: 1, items: itemsOfDocument })
      }))

    it('imports a delivery once when two instances hand it in at the same time', () =>
      withTarget(async (under, target) => {
        const delivery = await deliver(target, 'delivery-one')
        const other = targetOf(under.other)
        const receipts = await Promise.all(
          Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? target : other).submit(delivery, context)),
        )
        expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1)
        expect(await under.imported()).toMatchObject({ deliveries: 1, items: itemsOfDocument })
      }))

    it('imports different deliveries side by side', () =>
      withTarget(async (under, target) => {
        for (const id of ['delivery-one', 'delivery-two']) await target.submit(await deliver(target, id), context)
        expect(await under.imported()).toMatchObject({ deliveries: 2, items: 2 * itemsOfDocument })
      }))

    it('imports nothing of a delivery that is refused in the middle, and says so without personal data', () =>
      withTarget(async (under, target) => {
        const delivery = await deliver(target, 'delivery-one')
        await under.refuseLastItem()
        const error: unknown = await target.submit(delivery, context).catch((thrown: unknown) => thrown)
        expect(error).toBeInstanceOf(SisError)
        expect((error as SisError).kind).toBe('refused')
        expectNothingPersonal([everyWord(error)], [...kit.personalData, 'Nordmann', 'DROP TABLE', '=cmd'])
        expect(await under.imported()).toMatchObject({ deliveries: 0, items: 0 })
      }))

    it('knows the state of a delivery afterwards, and none of one that it never got', () =>
      withTarget(async (_, target) => {
        if (target.status === undefined) return
        const receipt = await target.submit(await deliver(target, 'delivery-one'), context)
        expect(await target.status('delivery-one', context)).toEqual(receipt)
        expect(await target.status('delivery-two', context)).toBeUndefined()
      }))

    it('logs nothing personal', () =>
      withTarget(async (_, target) => {
        await target.submit(await deliver(target, 'delivery-one'), context)
        expectNothingPersonal(kit.logged(), [...kit.personalData, 'Nordmann', 'delivery-one'])
      }))
  })
}

function targetOf(connection: SisConnection): ImportTarget {
  if (connection.target === undefined) throw new Error('this connection has no target')
  return connection.target
}
