import type { Notice } from '@emrex-gateway/core'
import { buildDiplomaSupplement } from './build-diploma-supplement.js'
import { ViewRow } from './view-row.js'

const sections = (...numbers: string[]): ViewRow[] =>
  numbers.map(
    (number) =>
      new ViewRow('emrex_ds_section', { number, title: `T${number}`, content: `<${number}>`, lang: 'en' }, 'uni'),
  )

describe('buildDiplomaSupplement', () => {
  it('nests sections by number and sorts them as numbers', () => {
    const supplement = buildDiplomaSupplement(sections('2', '10', '2.10', '2.2', '1', '0'), '2025-06-30', [])
    expect(supplement?.section.map(({ number }) => number)).toEqual(['1', '2', '10'])
    expect(supplement?.section[1]?.section?.map(({ number }) => number)).toEqual(['2.2', '2.10'])
    expect(supplement).toMatchObject({
      version: '2018',
      issueDate: '2025-06-30',
      lang: 'en',
      introduction: '&lt;0&gt;',
    })
  })

  it('keeps a subsection whose section is not there', () => {
    expect(buildDiplomaSupplement(sections('4.3'), '2025-06-30', [])?.section).toMatchObject([{ number: '4.3' }])
  })

  it('leaves out a language that is no tag, which would cost all results of the institution', () => {
    const row = { number: '1', title: 'T', lang: 'pl_PL' }
    const supplement = buildDiplomaSupplement([new ViewRow('emrex_ds_section', row, 'uni')], '2025-06-30', [])
    expect(supplement).toMatchObject({ version: '2018', section: [{ number: '1' }] })
    expect(supplement).not.toHaveProperty('lang')
  })

  it('leaves out what it cannot place, and a supplement without a date, and says so', () => {
    const notices: Notice[] = []
    expect(buildDiplomaSupplement(sections('1', 'one'), undefined, notices)).toBeUndefined()
    expect(notices.map(({ notice }) => notice)).toEqual(['supplement-number-unreadable', 'supplement-without-date'])
    expect(buildDiplomaSupplement(sections('0'), '2025-06-30', [])).toBeUndefined()
  })
})
