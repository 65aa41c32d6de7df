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

  it('shows no word of the trade, and no code, to a student', () => {
    const trade = /\b(NCP|SMP|EMP|EMC|ELMO|XML|session ?id|certificate chain|[A-Z]+_[A-Z_]+)\b/
    expect(problems.filter(([, text]) => trade.test(text))).toEqual([])
  })
})
