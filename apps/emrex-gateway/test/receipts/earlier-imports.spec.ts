import { ReceiptHistory, silentLog, type ReceiptFile } from '@emrex-gateway/core'
import type { Elmo } from '@emrex-gateway/elmo'
import { CaseScene } from '../cases/case-scene.js'

let scene: CaseScene
beforeEach(async () => {
  scene = await CaseScene.make()
})
afterEach(() => scene.remove())

const receipt = (number: string, at: string) => ({ receipt: { number, at } }) as ReceiptFile

describe('earlier imports of a student', () => {
  it('are told of each result that came before, where it came last, and of no other', async () => {
    const { store } = await scene.instance()
    const host = { store, log: silentLog, entry: 'home', now: () => new Date() }
    const history = new ReceiptHistory({ ...host, days: 365 })
    const { owner, document } = scene.delivery()
    const [report] = document.elmo.reports
    const withGrades = (...grades: readonly string[]): Elmo => ({
      ...document.elmo,
      reports: [
        {
          ...report!,
          learningOpportunitySpecification: grades.map((grade, index) => ({
            title: [{ value: `Course ${index + 1}` }],
            instance: { resultLabel: grade },
          })),
        },
      ],
    })
    const told = (elmo: Elmo, own = 'NEW') => history.earlier(owner, elmo, own)
    expect(await told(withGrades('A'))).toEqual([])
    // As a gateway kept them that knew nothing of this yet.
    await history.add(owner, receipt('OLD', '2025-01-01T00:00:00Z'))
    await history.add(owner, receipt('ONE', '2026-01-01T00:00:00Z'), { elmo: withGrades('A', 'B'), reference: '11' })
    await history.add(owner, receipt('TWO', '2026-02-01T00:00:00Z'), { elmo: withGrades('A', 'C', 'D') })

    expect(await told(withGrades('A', 'B', 'E'))).toEqual([
      { at: '2026-02-01T00:00:00Z', results: ['Course 1'], isAll: false },
      { at: '2026-01-01T00:00:00Z', reference: '11', results: ['Course 2'], isAll: false },
    ])
    expect(await told(withGrades('A', 'B'))).toMatchObject([{ isAll: false }, { isAll: false }])
    expect(await told(withGrades('A', 'B'), 'TWO')).toMatchObject([{ reference: '11', isAll: true }])
    expect(await told(withGrades('F'))).toEqual([])
    expect(await history.earlier({ ...owner, person: 'another' }, withGrades('A'), 'NEW')).toEqual([])
    await history.forget(owner)
    expect(await told(withGrades('A'))).toEqual([])
  })
})
