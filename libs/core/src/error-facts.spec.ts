import { EmrexError } from './emrex-error.js'
import { errorFacts } from './error-facts.js'
import { SisError } from './sis-error.js'

describe('errorFacts', () => {
  it('tells the message of our own errors', () => {
    expect(errorFacts(new EmrexError('INTERNAL', 'a page for nobody'))).toEqual({
      error: 'EmrexError',
      detail: 'a page for nobody',
    })
    const down = new SisError('unavailable', 'no connection', { connection: 'records' })
    expect(errorFacts(down)).toMatchObject({ error: 'SisError', detail: expect.stringContaining('no connection') })
  })

  it('tells only the place of any other error, for its message may name a person', () => {
    const facts = errorFacts(new TypeError('cannot read Berta Berg'))
    expect(facts).toMatchObject({ error: 'TypeError', stack: expect.stringMatching(/^ {4}at .*error-facts/) })
    expect(JSON.stringify(facts)).not.toContain('Berta')
  })

  it('tells of something thrown that is no error only what type it has', () => {
    expect(errorFacts('Berta Berg')).toEqual({ error: 'string' })
  })
})
