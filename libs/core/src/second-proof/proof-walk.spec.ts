import type { Step } from '../browser-action.js'
import { defaults } from '../numbers.js'
import type { Transfer } from '../ports/transfer-store.js'
import { silentLog } from '../silent-log.js'
import type { ShownProof } from './proof-answer.js'
import type { ProofStep } from './proof-step.js'
import { ProofWalk, type Proving } from './proof-walk.js'

interface Waiting extends Proving {
  readonly state: 'proving'
}

class Walk extends ProofWalk<Waiting, Waiting, ShownProof> {
  constructor(now: () => Date) {
    const place = { id: 'home', publicUrl: 'https://home.example', logins: [], minimumLoa: 'none' } as const
    super(place, [], 1, { store: {} as never, log: silentLog, now, randomId: () => 'id' })
  }
  protected isWaiting = (transfer: Transfer<Waiting>): transfer is Transfer<Waiting> => transfer !== undefined
  protected wait = async (transfer: Transfer<Waiting>) => transfer
  protected found = async (transfer: Transfer<Waiting>) => transfer
  protected pageOf = (_transfer: Transfer<Waiting>, proof: ShownProof) => proof
}

const ways = { systems: ['sis'], places: [], logins: [{ id: 'account', label: 'University account' }] }
const begun = Date.UTC(2026, 1, 11)
const shown = (action: object, secondsLater: number): Step<ShownProof> => {
  const proof = { ...ways, step: 'login', login: { provider: 'account', action } } as unknown as ProofStep
  const transfer = { id: 't', updatedAt: begun, state: { state: 'proving', proof } } as unknown as Transfer<Waiting>
  return new Walk(() => new Date(begun + secondsLater * 1000)).show(transfer)
}

describe('ProofWalk', () => {
  it('shows the ways again to somebody who comes back from the other login', () => {
    const there = { kind: 'redirect', url: 'https://login.example/' }
    expect(shown(there, 1)).toEqual(there)
    const page = { step: 'ways', places: [], logins: ways.logins }
    expect(shown(there, defaults.loginOnItsWaySeconds)).toEqual({ kind: 'page', page })
    const ours = { kind: 'choice', url: '/callback' }
    expect(shown(ours, 3600)).toEqual(ours)
  })
})
