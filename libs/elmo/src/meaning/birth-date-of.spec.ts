import { readFileSync } from 'node:fs'
import { readElmo } from '../document/read-elmo.js'
import { birthDateOf } from './birth-date-of.js'

const learnerOf = (release: string) =>
  readElmo(readFileSync(new URL(`../../testdata/releases/${release}.xml`, import.meta.url))).elmo.learner

describe('birthDateOf', () => {
  it.each(['1.7.0', '2.0.0', '2.1.1'])('finds the date where release %s has it', (release) => {
    expect(birthDateOf(learnerOf(release))).toBe('1989-06-05')
  })

  it('takes dateOfBirth where both are there and differ, and bday where it is empty', () => {
    expect(birthDateOf({ dateOfBirth: '1999-05-17', bday: '1999-05-18' })).toBe('1999-05-17')
    expect(birthDateOf({ dateOfBirth: ' ', bday: '1999-05-18' })).toBe('1999-05-18')
    expect(birthDateOf({})).toBeUndefined()
  })
})
