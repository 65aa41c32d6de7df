import { spawnSync } from 'node:child_process'
import type { Elmo } from '@emrex-gateway/elmo'
import { describeWith } from '@emrex-gateway/testing'
import fc from 'fast-check'
import { caseItemsCsv } from './case-items-csv.js'
import { importItems } from './import-items.js'

const elmo = (...results: readonly { title: string; grade?: string; code?: string }[]): Elmo => ({
  generatedDate: '2026-07-01T00:00:00Z',
  learner: { givenNames: 'Ada', familyName: 'Nordmann' },
  reports: [
    {
      issuer: { identifier: [{ type: 'schac', value: 'fjell.example' }], title: [{ value: 'Fjell' }], url: '' },
      learningOpportunitySpecification: results.map(({ title, grade, code }) => ({
        ...(code === undefined ? {} : { identifier: [{ type: 'local', value: code }] }),
        title: [{ value: title, lang: 'en' }],
        instance: { status: 'passed', ...(grade === undefined ? {} : { resultLabel: grade }) },
      })),
      issueDate: '2026-07-01T00:00:00Z',
    },
  ],
})

const header =
  'item_no,parent_item_no,issuer,code,title,title_en,credits,credit_scheme,grade,grade_scheme,date,term,level,status'

describe('caseItemsCsv', () => {
  it('writes a row of names and a row per result, each ended as the standard says', () => {
    expect(caseItemsCsv(elmo({ title: 'Physics', code: 'F-1', grade: 'A' }, { title: 'Art' }))).toBe(
      `${header}\r\n1,,fjell.example,F-1,Physics,Physics,,,A,,,,,passed\r\n2,,fjell.example,,Art,Art,,,,,,,,passed\r\n`,
    )
  })

  it('quotes commas, quotes and line ends', () => {
    const csv = caseItemsCsv(elmo({ title: 'Law, "old"\r\nand new' }))
    expect(csv).toContain(',"Law, ""old""\r\nand new",')
  })

  it.each(['=1+1', '+1', '-3', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠x'])(
    'leaves no cell that a spreadsheet would compute: %j',
    (grade) => {
      const row = caseItemsCsv(elmo({ title: 'Physics', grade })).slice(header.length)
      const disarmed = grade.replace(/^[\t\r\n]/, "$&'")
      expect(row).toMatch(new RegExp(`,"?'${disarmed.replace(/[+()]/g, '\\$&')}"?,`))
    },
  )

  // In most of Europe a spreadsheet separates by semicolons, and takes our quotes for text where they do not begin a cell.
  it.each(['Art;=1+1', 'Art, old;=1+1', 'Art; "=1+1"', 'Art\t@SUM(A1)', 'Art, old\r\n=1+1', 'Art;;-3'])(
    'leaves no cell to compute to one that separates by other signs: %j',
    (title) => {
      const cells = caseItemsCsv(elmo({ title })).split(/[;\t\r\n]/)
      expect(cells.filter((cell) => /^["\s]*[=+\-@]/.test(cell))).toEqual([])
    },
  )

  it('leaves a minus inside of a cell alone', () => {
    expect(caseItemsCsv(elmo({ title: 'A-level; basic', code: 'CS-1' }))).toContain(
      ',CS-1,A-level; basic,A-level; basic,',
    )
  })
})

describeWith(describe, 'python3', 'caseItemsCsv, as Python’s reader of CSV sees it', () => {
  const read = `
import csv, io, json, sys
text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8', newline='').read()
print(json.dumps(list(csv.reader(io.StringIO(text, newline=''), strict=True))))`

  it('holds every value as it is in the document, but for the apostrophe that disarms it', () => {
    const text = fc.string({ unit: fc.constantFrom(...'a"\',;=+-@\t\r\n ąøß👩'), minLength: 1, maxLength: 8 })
    const made = fc.sample(fc.record({ title: text, grade: text, code: text }), { numRuns: 300, seed: 20260711 })
    const whole = elmo(...made)
    const { stdout, status } = spawnSync('python3', ['-c', read], { input: caseItemsCsv(whole), encoding: 'utf8' })
    expect(status).toBe(0)
    const [names, ...rows] = JSON.parse(stdout) as string[][]
    const items = importItems(whole)
    expect(rows).toHaveLength(items.length)
    let disarmed = 0
    rows.forEach((row, index) => {
      names!.forEach((name, column) => {
        const value = String(items[index]![name as keyof (typeof items)[number]] ?? '')
        const cell = row[column]!
        if (cell !== value) disarmed++
        expect(cell.replaceAll("'", '')).toBe(value.replaceAll("'", ''))
        expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
      })
    })
    expect(disarmed).toBeGreaterThan(100)
  })
})
