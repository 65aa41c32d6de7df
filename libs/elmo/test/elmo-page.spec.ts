import { readdirSync, readFileSync } from 'node:fs'
import { gradeLabels } from '../src/meaning/grade-labels.js'
import { resultDoubtTexts } from '../src/meaning/result-doubts.js'

interface Golden {
  readonly sums: Record<'frontier' | 'course', { readonly ects?: string; readonly certain?: string }>
  readonly reports: readonly {
    readonly nodes: number
    readonly withEcts: number
    readonly statusGiven: number
    readonly results: readonly string[]
  }[]
}

const page = readFileSync(new URL('../../../docs/elmo.md', import.meta.url), 'utf8')
const folder = new URL('../testdata/peers/', import.meta.url)

const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  )

const sumText = ({ ects, certain }: { readonly ects?: string; readonly certain?: string }): string =>
  ects === undefined ? '–' : ects === certain ? ects : `${ects} (${certain})`

function expectedRow(file: string): string[] {
  const { sums, reports } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Golden
  const total = (of: (report: Golden['reports'][number]) => number): string =>
    String(reports.reduce((sum, report) => sum + of(report), 0))
  const units = total(({ results }) => results.filter((line) => line.split(' | ')[6] === 'unit').length)
  return [
    `\`${file.slice(0, -'.json'.length)}\``,
    total(({ nodes }) => nodes),
    total(({ withEcts }) => withEcts),
    units,
    sumText(sums.frontier),
    sumText(sums.course),
    total(({ statusGiven }) => statusGiven),
  ]
}

describe('docs/elmo.md', () => {
  it('shows for every sample what its golden file says', () => {
    const shown = rows
      .filter((cells) => cells.length === 10 && cells[1]?.startsWith('`'))
      .map((cells) => cells.slice(1, 8))
    const expected = readdirSync(folder).map(expectedRow)
    expect([...shown].sort()).toEqual([...expected].sort())
  })

  it('lists the grades that fail, country by country', () => {
    const names: Record<string, string> = {
      DK: 'Denmark',
      PL: 'Poland',
      SE: 'Sweden',
      NO: 'Norway',
      FI: 'Finland',
      DE: 'Germany',
      HR: 'Croatia',
    }
    for (const { country, failing, passing = [] } of gradeLabels) {
      const row = rows.find((cells) => cells.length === 2 && cells[0] === names[country[0]])
      expect(row?.[1]?.split(/[()]/)[0]?.trim()).toBe(failing.map((label) => `\`${label}\``).join(' · '))
      for (const label of passing) expect(row?.[1]).toContain(`\`${label}\``)
    }
  })

  it('names every doubt that a status can have', () => {
    for (const doubt of Object.keys(resultDoubtTexts).filter((name) => /label|grades|result$|status/.test(name)))
      expect(page).toContain(`\`${doubt}\``)
  })
})
