import { problemsOfFsQuery } from '@emrex-gateway/testing'
import { proofsQuery, studentsQuery } from './fs-queries.js'

const lists = ['studenterGittFodselsnumre', 'studenterGittStudentnumre', 'studenterGittFeideBrukere'] as const

describe('proofsQuery', () => {
  it.each([
    ['mixed', 'mixed'],
    ['mixed', 'both'],
    ['new', 'new'],
    ['old', 'old'],
    ['old', 'both'],
  ] as const)('with %s language keys is a query to a schema with %s ones', (keys, languageKeys) => {
    expect(problemsOfFsQuery(proofsQuery(keys, 'eierOrganisasjonskode'), { languageKeys })).toEqual([])
  })

  it('with old keys is none any more where new ones took their place', () => {
    const problems = problemsOfFsQuery(proofsQuery('old', 'eierOrganisasjonskode'), { languageKeys: 'mixed' })
    expect(problems.join()).toContain('Cannot query field "nob" on type "EmnenavnAlleSprak"')
  })

  it('is none without the flags of its fields', () => {
    const problems = problemsOfFsQuery(proofsQuery('mixed', 'eierOrganisasjonskode'), { flags: ['beta'] })
    expect(problems.join()).toContain('Cannot query field "kompetansebevisForPerson" on type "Query"')
  })

  it('names the argument for the institution as FS does', () => {
    const institutionArgument = 'eierInstitusjonsnummer'
    expect(problemsOfFsQuery(proofsQuery('mixed', institutionArgument), { institutionArgument })).toEqual([])
    expect(problemsOfFsQuery(proofsQuery('mixed', institutionArgument)).join()).toContain('Unknown argument')
  })
})

describe('studentsQuery', () => {
  it.each(lists)('is a query: %s', (list) => {
    expect(problemsOfFsQuery(studentsQuery(list, 'eierOrganisasjonskode'))).toEqual([])
  })
})
