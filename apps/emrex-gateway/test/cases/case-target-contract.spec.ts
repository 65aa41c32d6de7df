import { caseTarget, SisError, type CaseFile, type SisConnection, type Subject } from '@emrex-gateway/core'
import { importTargetContract } from '@emrex-gateway/testing/contracts'
import { CaseScene, personal } from './case-scene.js'

const student: Subject = { claims: [{ type: 'nationalId', country: 'NO', value: '05068907693' }] }
const unknownPerson: Subject = { claims: [{ type: 'nationalId', country: 'SE', value: '191212121212' }] }
const knows = ({ claims }: Subject) =>
  claims.some((claim) => claim.type === 'nationalId' && claim.value === '05068907693')

let logged: readonly string[] = []

importTargetContract('a case for staff, on SQLite', {
  async open() {
    const scene = await CaseScene.make()
    const { cases } = await scene.instance()
    const { owner } = scene.delivery()
    let refuses = false
    const files = (): readonly CaseFile[] => {
      if (refuses) throw new SisError('refused', 'a result has no place in this system', { connection: 'sis' })
      return [{ name: 'merits.json', mediaType: 'application/json', text: '[]' }]
    }
    const connect = (): SisConnection => ({
      id: 'sis',
      target: caseTarget({
        ...{ connection: 'sis', host: { cases }, can: { findBy: ['nationalId'] }, remark: 'EMREX', files },
        match: async (subject, { signal }) => {
          if (signal.aborted) throw new SisError('timeout', 'it was called off', { connection: 'sis' })
          return knows(subject) ? [owner] : []
        },
      }),
      check: async () => ({ ok: true, findings: [] }),
      close: async () => undefined,
    })
    return {
      connection: connect(),
      other: connect(),
      async imported() {
        const open = await Promise.all((await cases.waiting('sis')).map(({ id }) => cases.read('sis', id)))
        const items = open.map(async (one) => {
          const { bytes } = (await cases.file(one!, 'results.json'))!
          return (JSON.parse(Buffer.from(bytes).toString()) as { items: unknown[] }).items.length
        })
        const counts = await Promise.all(items)
        return {
          deliveries: open.length,
          items: counts.reduce((sum, count) => sum + count, 0),
          documents: open.map((one) => one!.document.xml),
        }
      },
      refuseLastItem: async () => void (refuses = true),
      async close() {
        logged = [...logged, ...scene.lines]
        await scene.remove()
      },
    }
  },
  student,
  unknownPerson,
  logged: () => logged,
  personalData: personal,
})
