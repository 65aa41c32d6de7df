import { SisError, type Notice, type SisContext } from '@emrex-gateway/core'
import type { LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import type { LadokApi } from './ladok-api.js'
import { withDegrees } from './read-degrees.js'

describe('withDegrees', () => {
  const courses: LearningOpportunitySpecification[] = [
    { title: [{ value: 'History' }], instance: { status: 'passed' } },
  ]
  const read = async (kind: SisError['kind']) => {
    const notices: Notice[] = []
    const ofPerson = () => Promise.reject(new SisError(kind, 'refused', { connection: 'ladok' }))
    const api = { ofPerson } as unknown as LadokApi
    const results = await withDegrees(api, 'uid', courses, { ectsUnits: new Set() } as never, {} as SisContext, notices)
    return { results, notices }
  }

  it('gives the courses of somebody without a degree, of whom Ladok may say that nothing is there', async () => {
    expect(await read('unknown-person')).toEqual({ results: courses, notices: [] })
  })

  it('gives them, and says that there is more, where the right to read degrees is missing', async () => {
    expect(await read('forbidden')).toEqual({ results: courses, notices: [{ notice: 'partly-read' }] })
  })

  it('fails where Ladok does', async () => {
    await expect(read('unavailable')).rejects.toMatchObject({ kind: 'unavailable' })
  })
})
