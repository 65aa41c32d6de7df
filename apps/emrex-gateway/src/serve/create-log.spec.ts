import { createLog } from './create-log.js'

const logged = (fields: Record<string, string | number | boolean>) => {
  const lines: string[] = []
  createLog('debug', { write: (line) => void lines.push(line) }).info('test.said', fields)
  return JSON.parse(lines[0]!) as Record<string, unknown>
}

describe('createLog', () => {
  it('keeps codes, counts and references as they are', () => {
    const fields = { code: 'SIS_DOWN', entry: 'nordfjord', reference: 'aB3_-xYz', count: 3, retry: true }
    expect(logged(fields)).toMatchObject({ event: 'test.said', ...fields })
    const detail = 'the system took too long; status 503 from https://sis.example.edu/api'
    expect(logged({ detail })).toMatchObject({ detail })
  })

  it.each([
    ...['cookie', 'set-cookie', 'authorization', 'password', 'passphrase', 'access_token', 'idToken', 'SAMLResponse'],
    ...['elmo', 'givenNames', 'familyName', 'birthDate', 'nationalId', 'email', 'ip'],
  ])('takes out a field that is named %s, whatever stands in it', (name) => {
    expect(logged({ [name]: 'Tveitnesli 1999' })[name]).toBe('[redacted]')
  })

  it.each([
    ['an address of mail', 'could not send to ingrid@example.no today', 'could not send to [redacted] today'],
    ['a signed token', 'got eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln back', 'got [redacted] back'],
    ['a credential', 'sent Authorization: Bearer abc.def-123', 'sent Authorization: [redacted]'],
    [
      'a private key',
      'read -----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\nfrom a file',
      'read [redacted]\nfrom a file',
    ],
  ])('takes out %s, wherever it stands', (_what, said, kept) => {
    expect(logged({ detail: said })['detail']).toBe(kept)
  })

  it('goes on when nobody takes its lines, and tells how often', () => {
    const log = createLog('info', {
      write() {
        throw new Error('ENOSPC')
      },
    })
    let failures = 0
    log.onFailure(() => (failures += 1))
    log.info('test.said')
    log.error('test.said')
    log.debug('test.said')
    expect(failures).toBe(2)
  })
})
