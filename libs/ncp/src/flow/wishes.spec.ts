import { readElmo, writeElmo } from '@emrex-gateway/elmo'
import { sampleElmo } from '../../test/sample-pages.js'
import { echoOf, wantOf } from './wishes.js'

const want = { failed: false, inProgress: true, from: '2020-01-01' }

describe('wishes of a receiver', () => {
  it.each([
    [undefined, false],
    [{}, false],
    [{ allowToPickCourses: false }, false],
    [{ allowNotPassedCourses: true }, true],
    [{ allowNotPassedCourses: false }, false],
  ] as const)('reads failed results as it wishes, and else as the entry gives them: %j', (wishes, failed) => {
    expect(wantOf(want, wishes)).toEqual({ ...want, failed })
  })

  it('can wish for fewer than the entry gives', () => {
    expect(wantOf({ failed: true, inProgress: false }, { allowNotPassedCourses: false }).failed).toBe(false)
  })

  it('tells the wishes back in a document that is valid, with the defaults of what was not said', () => {
    const echo = echoOf({ allowToPickCourses: false })!
    const { elmo, problems } = readElmo(writeElmo({ ...sampleElmo, extension: [echo] }))
    expect(problems).toEqual([])
    expect(elmo.extension?.join('')).toContain('<allowToPickCourses>false</allowToPickCourses>')
    expect(elmo.extension?.join('')).toContain('<allowNotPassedCourses>false</allowNotPassedCourses>')
    expect(echoOf(undefined)).toBeUndefined()
  })
})
