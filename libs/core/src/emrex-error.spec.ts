import { readFileSync } from 'node:fs'
import { ElmoError, type ElmoErrorCode } from '@emrex-gateway/elmo'
import { EmrexError, reasonOf, reasonOfElmoError, reasonOfSisError } from './emrex-error.js'
import { auditEvents } from './ports/audit.js'
import { reasons } from './reason-codes.js'
import { SisError, type SisErrorKind } from './sis-error.js'

/** The members of a closed union, from the source: types are gone when tests run. */
function membersOf(file: string, union: string): string[] {
  const source = readFileSync(new URL(file, import.meta.url), 'utf8')
  const declaration = new RegExp(`export type ${union} =\\s*((?:\\s*\\|?\\s*'[^']+')+)`).exec(source)?.[1] ?? ''
  return [...declaration.matchAll(/'([^']+)'/g)].map(([, member]) => member!)
}

describe('reasonOf', () => {
  const elmoCodes = membersOf('../../elmo/src/elmo-error.ts', 'ElmoErrorCode') as ElmoErrorCode[]
  const sisKinds = membersOf('./sis-error.ts', 'SisErrorKind') as SisErrorKind[]

  it('knows every code of the document library and every kind of SIS error', () => {
    expect(elmoCodes).toContain('ELMO_NOT_ELMO')
    expect(Object.keys(reasonOfElmoError).sort()).toEqual(elmoCodes.sort())
    expect(sisKinds).toContain('unknown-person')
    expect(Object.keys(reasonOfSisError).sort()).toEqual(sisKinds.sort())
  })

  it('gives a reason of the table for each of them', () => {
    for (const code of elmoCodes) expect(reasons).toHaveProperty(reasonOf(new ElmoError(code, code)))
    for (const kind of sisKinds) expect(reasons).toHaveProperty(reasonOf(new SisError(kind, kind, { connection: 'c' })))
  })

  it('keeps the code of our own errors, but for those that only the store knows', () => {
    expect(reasonOf(new EmrexError('USER_GONE'))).toBe('USER_GONE')
    expect(reasonOf(new EmrexError('HANDLE_TAKEN'))).toBe('INTERNAL')
    expect(reasonOf(new EmrexError('LEASE_LOST'))).toBe('INTERNAL')
  })

  it('knows the errors of another copy of this package, as a plugin from outside brings one', async () => {
    const copy = '?copy'
    const { SisError: OtherSisError } = (await import(`./sis-error.js${copy}`)) as typeof import('./sis-error.js')
    const { EmrexError: OtherError } = (await import(`./emrex-error.js${copy}`)) as typeof import('./emrex-error.js')
    expect([OtherSisError === SisError, OtherError === EmrexError]).toEqual([false, false])
    const down = new OtherSisError('unavailable', 'no connection', { connection: 'campus' })
    expect([reasonOf(down), down instanceof SisError, down instanceof EmrexError]).toEqual(['SIS_DOWN', true, false])
    expect(reasonOf(new OtherError('LOGIN_UNAVAILABLE'))).toBe('LOGIN_UNAVAILABLE')
    class Refusal extends EmrexError {}
    expect([new EmrexError('USER_GONE'), new Refusal('USER_GONE')].map((error) => error instanceof Refusal)).toEqual([
      false,
      true,
    ])
  })

  it('calls everything else INTERNAL', () => {
    for (const thrown of [new Error('x'), new TypeError('x'), 'x', undefined, { code: 'USER_GONE' }])
      expect(reasonOf(thrown)).toBe('INTERNAL')
  })
})

describe('reasons', () => {
  it('names only events that are audited', () => {
    for (const { event } of Object.values(reasons)) expect(auditEvents).toContain(event)
  })

  it('never blames the person for what is broken at a server', () => {
    for (const [code, { status, mover }] of Object.entries(reasons))
      if (status >= 500) expect({ code, mover }).not.toMatchObject({ mover: 'student' })
  })
})
