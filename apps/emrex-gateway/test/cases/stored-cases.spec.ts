import { randomBytes } from 'node:crypto'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { CaseScene, dayMs, days, personal } from './case-scene.js'

const system = 'ladok'
const annanMerit = { name: 'annan-merit.json', mediaType: 'application/json', text: '{"kurs":"=cmd|x"}' }

let scene: CaseScene
beforeEach(async () => {
  scene = await CaseScene.make()
})
afterEach(() => scene.remove())

/** The state of every case, opened with the key, and the names of all bodies. */
async function everything() {
  const { store } = await scene.instance()
  const rows = await scene.rows('emrex_transfer')
  const states = await Promise.all(rows.map(({ id }) => store.transfers('case').load(String(id))))
  const bodies = await scene.rows('emrex_body')
  return { states: states.map((record) => record!.state), text: JSON.stringify(states), bodies: bodies.length }
}

describe('a case', () => {
  it('is opened once, however often at the same time, and always has the same receipt', async () => {
    const { cases, store } = await scene.instance()
    const delivery = scene.delivery()
    const receipts = await Promise.all(Array.from({ length: 10 }, () => cases.open({ system, delivery })))
    expect(receipts[0]).toEqual({ id: 'delivery-1', state: 'queued', reference: expect.stringMatching(/^[1-9]\d{7}$/) })
    for (const receipt of receipts) expect(receipt).toEqual(receipts[0])
    expect(await cases.waiting(system)).toHaveLength(1)
    expect(await scene.rows('emrex_transfer')).toHaveLength(1)
    const opened = await store.audit.list({ event: 'case.opened' })
    expect(opened).toMatchObject([{ kind: 'case', entry: system, facts: { reference: receipts[0]!.reference } }])
  })

  it('is opened once by several instances of the gateway at the same time', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `delivery-${index}`)
    const [first, ...others] = await scene.inProcesses(3, ids)
    expect(first).toHaveLength(ids.length)
    for (const other of others) expect(other).toEqual(first)
    expect(await scene.rows('emrex_transfer')).toHaveLength(ids.length)
  }, 60_000)

  it('is there after a restart, with every file', async () => {
    const before = await scene.instance()
    const delivery = scene.delivery()
    const receipt = await before.cases.open({ system, delivery, remark: 'EMREX', files: [annanMerit] })
    await scene.close()

    const { cases } = await scene.instance()
    expect(await cases.receipt(system, 'delivery-1')).toEqual(receipt)
    expect(await cases.open({ system, delivery })).toEqual(receipt)
    const [waiting] = await cases.waiting(system)
    const open = (await cases.read(system, waiting!.id))!
    expect(open).toMatchObject({ reference: receipt.reference, remark: 'EMREX', owner: delivery.owner })
    expect(cases.filesOf(open)).toEqual([
      ...['document.xml', 'transcript.pdf', 'transcript.html', 'results.csv', 'results.json', 'annan-merit.json'],
    ])
    const textOf = async (name: string) => Buffer.from((await cases.file(open, name))!.bytes).toString()
    expect((await cases.file(open, 'document.xml'))!.bytes).toEqual(delivery.document.xml)
    expect(await textOf('results.csv')).toContain("1,,fjell.example,,'=cmd|x,'=cmd|x,")
    expect(JSON.parse(await textOf('results.json'))).toMatchObject({ ncp: 'Fjell NCP', items: [{ title: '=cmd|x' }] })
    expect(await textOf('annan-merit.json')).toBe(annanMerit.text)
    expect(await cases.file(open, 'other.json')).toBeUndefined()
  })

  it('is another one for another delivery, and for another system', async () => {
    const { cases } = await scene.instance()
    const receipts = [
      await cases.open({ system, delivery: scene.delivery('delivery-1') }),
      await cases.open({ system, delivery: scene.delivery('delivery-2') }),
      await cases.open({ system: 'usos', delivery: scene.delivery('delivery-1') }),
    ]
    expect(new Set(receipts.map(({ reference }) => reference)).size).toBe(3)
    expect([(await cases.waiting(system)).length, (await cases.waiting('usos')).length]).toEqual([2, 1])
    const [atUsos] = await cases.waiting('usos')
    expect(await cases.read(system, atUsos!.id)).toBeUndefined()
    expect(await cases.decide(system, atUsos!.id, { taken: true, author: 'campus:1' })).toBe(false)
    expect(await cases.waiting('usos')).toHaveLength(1)
  })

  it('draws another number when one is in use', async () => {
    const drawn = [1, 1, 1, 2].map((last) => Uint8Array.of(0, 0, 0, 0, 0, last))
    const { cases } = await scene.instance({ randomBytes: () => drawn.shift() ?? randomBytes(6) })
    const numbers = [await cases.open({ system, delivery: scene.delivery('delivery-1') })]
    numbers.push(await cases.open({ system, delivery: scene.delivery('delivery-2') }))
    expect(numbers.map(({ reference }) => reference)).toEqual(['10000001', '10000002'])
    expect(drawn).toEqual([])
  })

  it('is not opened of a document that could not be shown again', async () => {
    const { cases } = await scene.instance()
    const { certificate } = await makeThrowawaySigner()
    const delivery = scene.delivery('delivery-1', { trust: { certificates: [certificate] } })
    await expect(cases.open({ system, delivery })).rejects.toThrow('does not verify: ELMO_SIGNER_UNKNOWN')
    expect(await everything()).toMatchObject({ states: [], bodies: 0 })
  })

  it('is not shown when its bytes are no longer those that were signed', async () => {
    const { cases, store } = await scene.instance()
    await cases.open({ system, delivery: scene.delivery() })
    const [waiting] = await cases.waiting(system)
    const xml = (await store.transfers('case').body(waiting!.id, 'document'))!
    const bytes = Buffer.from(Buffer.from(xml).toString().replace('=cmd|x', 'Rocket science'))
    const record = (await store.transfers('case').load(waiting!.id))!
    const { state, expiresAt } = record
    await store.transfers('case').save(record, { state }, { putBodies: [{ name: 'document', bytes, expiresAt }] })
    await expect(cases.read(system, waiting!.id)).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  it.each([
    ...['../x.json', '.hidden', 'a/b', 'a b', 'ä.json', 'x"y', `${'x'.repeat(70)}.json`, ''].map((name) => [name]),
    ...['document.xml', 'Results.CSV', 'transcript.html', 'transcript.pdf', 'attachment-1.pdf'].map((name) => [name]),
  ])('takes no file by the name %j', async (name) => {
    const { cases } = await scene.instance()
    const newCase = { system, delivery: scene.delivery(), files: [{ ...annanMerit, name }] }
    await expect(cases.open(newCase)).rejects.toMatchObject({ name: 'SisError', kind: 'bad-data' })
    expect(await everything()).toMatchObject({ states: [], bodies: 0 })
  })

  it('takes no file twice, and none whose type would break out of its header', async () => {
    const { cases } = await scene.instance()
    const delivery = scene.delivery()
    for (const files of [[annanMerit, annanMerit], [{ ...annanMerit, mediaType: 'text/html\r\nX-Y: z' }]])
      await expect(cases.open({ system, delivery, files })).rejects.toMatchObject({ kind: 'bad-data' })
  })
})

describe('the end of a case', () => {
  it.each([
    ['taken over', true, 'case.taken', 'COMPLETED', { state: 'accepted' }],
    ['refused', false, 'case.refused', 'STAFF_REFUSED', { state: 'rejected', reason: 'STAFF_REFUSED' }],
  ] as const)('%s: deletes all that is personal with the decision', async (_, taken, event, code, receipt) => {
    const { cases, store } = await scene.instance()
    const delivery = scene.delivery()
    const { reference } = await cases.open({ system, delivery, files: [annanMerit] })
    const before = await everything()
    expect(personal.filter((word) => before.text.includes(word))).toEqual(personal)
    expect(before.bodies).toBe(2)

    const [waiting] = await cases.waiting(system)
    const decision = { taken, author: 'campus:staff-1', ...(taken ? {} : { reason: 'Another study' }) }
    expect(await cases.decide(system, waiting!.id, decision)).toBe(true)
    const after = await everything()
    expect(personal.filter((word) => after.text.includes(word))).toEqual([])
    expect(after.bodies).toBe(0)
    expect(Object.keys(after.states[0]!).sort()).toEqual(['code', 'delivery', 'reference', 'state'])
    expect(await store.audit.list({ event })).toMatchObject([
      {
        entry: system,
        code,
        author: 'campus:staff-1',
        facts: { reference },
        ...(taken ? {} : { reason: 'Another study' }),
      },
    ])
    expect([await cases.waiting(system), await cases.read(system, waiting!.id)]).toEqual([[], undefined])
    // Handing the same delivery in once more opens nothing.
    expect(await cases.open({ system, delivery })).toEqual({ id: 'delivery-1', reference, ...receipt })
    expect(await cases.decide(system, waiting!.id, decision)).toBe(false)
  })

  it('is decided once, when two decide at the same moment', async () => {
    const { cases, store } = await scene.instance()
    await cases.open({ system, delivery: scene.delivery() })
    const [{ id } = { id: '' }] = await cases.waiting(system)
    const outcomes = await Promise.allSettled([
      cases.decide(system, id, { taken: true, author: 'campus:1' }),
      cases.decide(system, id, { taken: false, author: 'campus:2', reason: 'no' }),
    ])
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value)).toHaveLength(1)
    const ends = [...(await store.audit.list({ event: 'case.taken' }))]
    ends.push(...(await store.audit.list({ event: 'case.refused' })))
    expect(ends).toHaveLength(1)
  })

  it('comes by itself when nobody looks: said loudly, and everything is deleted', async () => {
    const { cases, store } = await scene.instance()
    const delivery = scene.delivery()
    const { reference } = await cases.open({ system, delivery, files: [annanMerit] })
    const [waiting] = await cases.waiting(system)
    scene.aheadMs = days * dayMs - 60_000
    expect(await cases.waiting(system)).toHaveLength(1)
    scene.aheadMs = days * dayMs + 60_000
    // Over even before its end is written.
    expect([await cases.waiting(system), await cases.read(system, waiting!.id)]).toEqual([[], undefined])
    expect(await cases.decide(system, waiting!.id, { taken: true, author: 'campus:1' })).toBe(false)

    const now = () => Date.now() + scene.aheadMs
    for (const record of await cases.records.expired(now(), 10)) await cases.expire(record)
    expect(scene.logged.filter(({ level }) => level === 'warn')).toEqual([
      { level: 'warn', event: 'case.expired', fields: { system, case: reference, code: 'CASE_EXPIRED' } },
    ])
    expect(await store.audit.list({ event: 'case.expired' })).toMatchObject([
      { code: 'CASE_EXPIRED', facts: { reference } },
    ])
    const after = await everything()
    expect(personal.filter((word) => after.text.includes(word))).toEqual([])
    expect(after.bodies).toBe(0)
    expect(await cases.receipt(system, 'delivery-1')).toMatchObject({ state: 'rejected', reason: 'CASE_EXPIRED' })

    scene.aheadMs += 91 * dayMs
    for (const record of await cases.records.expired(now(), 10)) await cases.expire(record)
    expect([await scene.rows('emrex_transfer'), await scene.rows('emrex_handle')]).toEqual([[], []])
    expect(await cases.receipt(system, 'delivery-1')).toBeUndefined()
  })

  it('writes nothing personal to the log at any time', async () => {
    const { cases } = await scene.instance()
    await cases.open({ system, delivery: scene.delivery(), files: [annanMerit] })
    const [waiting] = await cases.waiting(system)
    await cases.decide(system, waiting!.id, { taken: false, author: 'campus:staff-1', reason: 'Ada is not here' })
    expect(scene.logged.map(({ event }) => event)).toEqual(['transfer.changed', 'transfer.changed'])
    const text = JSON.stringify(scene.logged)
    expect([...personal, 'staff-1', 'is not here', 'delivery-1'].filter((word) => text.includes(word))).toEqual([])
  })
})
