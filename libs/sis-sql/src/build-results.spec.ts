import type { Notice } from '@emrex-gateway/core'
import type { LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { buildResults } from './build-results.js'
import { ViewRow } from './view-row.js'
import { wantedRows } from './wanted-rows.js'

const details = {
  creditScheme: 'ects',
  distributions: new Map(),
  hiddenDistributions: new Set<string>(),
  supplementSections: new Map(),
  attachmentsOf: new Map(),
}

/** Builds from `key: parent` pairs; a status may stand behind the parent. */
function build(pairs: Record<string, [parent: string | null, status?: string]>) {
  const rows = Object.entries(pairs).map(
    ([key, [parent_key, status = 'passed']]) =>
      new ViewRow(
        'emrex_result',
        { result_key: key, parent_key, status, title: key, code: key, date: '2025-01-01' },
        'uni',
      ),
  )
  const notices: Notice[] = []
  const wanted = wantedRows(rows, { failed: false, inProgress: false }, notices)
  return { tree: buildResults(wanted, rows, details, notices).map(shape), notices: notices.map(({ notice }) => notice) }
}

type Shape = string | { [key: string]: Shape[] }
const shape = ({ title, parts }: LearningOpportunitySpecification): Shape =>
  parts === undefined ? title[0]!.value : { [title[0]!.value]: parts.map(shape) }

describe('buildResults', () => {
  it('hangs parts under their wholes, in the order of the rows', () => {
    expect(build({ a: [null], b: ['a'], c: ['b'], d: ['a'], e: [null] })).toEqual({
      tree: [{ a: [{ b: ['c'] }, 'd'] }, 'e'],
      notices: [],
    })
  })

  it('takes a part whose parent comes later', () => {
    expect(build({ part: ['whole'], whole: [null] }).tree).toEqual([{ whole: ['part'] }])
  })

  it('puts a part of nobody at the top, with a notice', () => {
    expect(build({ a: ['gone'], b: ['a'] })).toEqual({
      tree: [{ a: ['b'] }],
      notices: ['parent-missing', 'parent-missing'],
    })
  })

  it.each([
    ['its own parent', { a: ['a'] }, ['a']],
    ['two that hold each other', { a: ['b'], b: ['a'] }, ['a', 'b']],
    ['a part below a cycle', { a: ['b'], b: ['a'], c: ['a'] }, [{ a: ['c'] }, 'b']],
  ] as const)('cuts a cycle apart and loses nothing: %s', (_, pairs, tree) => {
    const built = build(pairs as unknown as Parameters<typeof build>[0])
    expect(built.tree).toEqual(tree)
    expect(built.notices).toContain('parent-cycle')
  })

  it('lifts a part of an unwanted whole to the next level that is there', () => {
    const built = build({
      degree: [null],
      module: ['degree', 'withdrawn'],
      course: ['module'],
      other: ['lost', 'failed'],
    })
    expect(built.tree).toEqual([{ degree: ['course'] }])
  })

  it('keeps a tree flat enough to be a document, however deep the rows are', () => {
    const pairs = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [
        `k${index}`,
        [index === 0 ? null : `k${index - 1}`] as [string | null],
      ]),
    )
    const { tree, notices } = build(pairs)
    const depth = (one: Shape): number =>
      typeof one === 'string' ? 1 : 1 + Math.max(...Object.values(one)[0]!.map(depth))
    expect(Math.max(...tree.map(depth))).toBeLessThanOrEqual(13)
    expect(tree.length + notices.length).toBeGreaterThan(100)
  })
})

describe('wantedRows', () => {
  it('never gives a result of unknown status: it would be read as passed', () => {
    expect(build({ a: [null, 'annulled'], b: [null, ''], c: [null, 'PASSED'] })).toEqual({
      tree: ['c'],
      notices: ['status-unknown', 'status-unknown'],
    })
  })
})
