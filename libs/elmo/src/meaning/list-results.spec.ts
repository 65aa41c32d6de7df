import { goldenElmo } from '../../test/golden.js'
import { listResults, type ResultNode } from './list-results.js'

const outline = ({ id, depth, parent, reportIndex, parts }: ResultNode): unknown[] => [
  [id, depth, reportIndex, parent],
  ...parts.flatMap(outline),
]

describe('listResults', () => {
  it('names each result by its place', () => {
    expect(listResults(goldenElmo('modules')).map((nodes) => nodes.flatMap(outline))).toEqual([
      [
        ['0/0', 0, 0, undefined],
        ['0/0/0', 1, 0, '0/0'],
        ['0/0/1', 1, 0, '0/0'],
        ['0/0/1/0', 2, 0, '0/0/1'],
      ],
    ])
  })

  it('gives one list per report, an empty one for a report without results', () => {
    expect(listResults(goldenElmo('two-reports')).map((nodes) => nodes.map(({ id }) => id))).toEqual([
      ['0/0', '0/1'],
      ['1/0'],
    ])
    expect(listResults(goldenElmo('minimal'))).toEqual([[]])
  })
})
