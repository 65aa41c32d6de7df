import { reasons } from '@emrex-gateway/core'
import { en } from './en.js'

const texts = Object.entries(en)
const problems = texts.filter(([key]) => key.startsWith('problem.'))

describe('en', () => {
  it('has the three texts of every reason code, and no text of a code that does not exist', () => {
    const wanted = Object.keys(reasons).flatMap((code) =>
      ['title', 'what', 'next'].map((part) => `problem.${code}.${part}`),
    )
    expect(problems.map(([key]) => key).sort()).toEqual(wanted.sort())
  })

  it('begins each explanation with a sentence of at most twelve words', () => {
    const long = problems
      .filter(([key]) => key.endsWith('.what'))
      .filter(([, text]) => (text.split(/[.!?]/)[0] ?? '').split(' ').length > 12)
    expect(long).toEqual([])
  })

  it('says of what a login can end with, too, nothing that is true of results alone', () => {
    for (const code of ['SESSION_UNKNOWN', 'ID_MISMATCH'] as const)
      expect(`${en[`problem.${code}.title`]} ${en[`problem.${code}.what`]}`).not.toMatch(
        /th(es)?e results|^Results arrived/i,
      )
    expect(en['problem.SESSION_UNKNOWN.what']).toContain('login')
  })

  it('shows no word of the trade, and no code, to a student', () => {
    const trade = /\b(NCP|SMP|EMP|EMC|ELMO|XML|session ?id|certificate chain|[A-Z]+_[A-Z_]+)\b/
    expect(problems.filter(([, text]) => trade.test(text))).toEqual([])
  })
})
