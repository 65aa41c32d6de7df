import { caseTarget, SisError, type SisConnection, type Subject } from '@emrex-gateway/core'
import { recordingHost } from '../recording-host.js'
import { importTargetContract } from './import-target.js'
import { importedCases } from './imported-cases.js'

const student: Subject = { claims: [{ type: 'learnerId', scheme: 'first.example', value: '500101' }] }
const owner = {
  person: 'key-of-ada',
  institution: { code: 'first', title: 'University number first' },
  learner: { givenNames: 'Ada Marie', familyName: 'Nordmann' },
}

importTargetContract('a case at the desk of a recording host', {
  student,
  unknownPerson: { claims: [{ type: 'learnerId', scheme: 'first.example', value: '999999' }] },
  personalData: ['500101', 'key-of-ada'],
  open: async () => {
    const host = recordingHost()
    const connect = (): SisConnection => ({
      id: 'sis',
      target: caseTarget({
        connection: 'sis',
        host,
        can: { findBy: ['learnerId'] },
        match: async ({ claims }, { signal }) => {
          if (signal.aborted) throw new SisError('timeout', 'it was called off', { connection: 'sis' })
          return claims.some((claim) => claim.type === 'learnerId' && claim.value === '500101') ? [owner] : []
        },
      }),
      check: async () => ({ ok: true, findings: [] }),
      close: async () => {},
    })
    return {
      connection: connect(),
      other: connect(),
      logged: () => host.lines,
      imported: async () => importedCases(host.opened),
      close: async () => {},
    }
  },
})
