import { caseTarget, type Delivery } from '@emrex-gateway/core'
import { signElmo, verifyElmo, writeElmo, type Elmo } from '@emrex-gateway/elmo'
import { recordingHost } from './recording-host.js'
import { makeThrowawaySigner } from './throwaway-signer.js'

const learner = { givenNames: 'Ada', familyName: 'Nordmann' }
const elmo: Elmo = {
  ...{ generatedDate: '2026-01-01T00:00:00Z', learner },
  reports: [
    {
      issuer: { identifier: [{ type: 'schac', value: 'fjell.example' }], title: [{ value: 'Fjell' }], url: '' },
      learningOpportunitySpecification: [{ title: [{ value: 'Physics' }], instance: {} }],
      issueDate: '2026-01-01T00:00:00Z',
    },
  ],
}
const context = { signal: new AbortController().signal, languages: ['en'], reference: 'test' }

async function delivery(id: string): Promise<Delivery> {
  const signer = await makeThrowawaySigner()
  const certificates = [signer.certificate]
  const outcome = verifyElmo(signElmo(writeElmo(elmo), signer), { certificates, at: new Date() })
  if (!outcome.verified) throw new Error(outcome.message)
  return {
    ...{ id, document: outcome.document, trust: { certificates } },
    owner: { person: 'key-1', institution: { code: '1', title: 'Home' }, learner },
    match: { verdict: 'same', reasons: [] },
    origin: { ncp: 'Fjell NCP', country: 'NO', receivedAt: '2026-01-02T00:00:00.000Z' },
  }
}

function target() {
  const host = recordingHost()
  const files = () => [{ name: 'merits.json', mediaType: 'application/json', text: '[]' }]
  const made = caseTarget({
    ...{ connection: 'sis', host, can: { findBy: [] }, match: async () => [], remark: 'EMREX', files },
  })
  return { host, made }
}

describe('recordingHost().cases', () => {
  it('shows what a plugin opened: once for a delivery, with the files that every case has and its own', async () => {
    const { host, made } = target()
    const one = await delivery('delivery-1')
    const receipts = await Promise.all([made.submit(one, context), made.submit(one, context)])
    expect(receipts[0]).toEqual({ id: 'delivery-1', state: 'queued', reference: '10000001' })
    expect(receipts[1]).toEqual(receipts[0])
    await made.submit(await delivery('delivery-2'), context)
    expect(host.opened.map(({ system, remark, receipt }) => [system, remark, receipt.reference])).toEqual([
      ['sis', 'EMREX', '10000001'],
      ['sis', 'EMREX', '10000002'],
    ])
    expect(host.opened[0]!.files.map(({ name }) => name)).toEqual(['results.csv', 'results.json', 'merits.json'])
    expect([await made.status!('delivery-1', context), await made.status!('delivery-3', context)]).toEqual([
      receipts[0],
      undefined,
    ])
  })

  it('takes no delivery whose document its own certificates do not prove', async () => {
    const { host, made } = target()
    const { trust } = await delivery('delivery-2')
    await expect(made.submit({ ...(await delivery('delivery-1')), trust }, context)).rejects.toThrow('does not verify')
    expect(host.opened).toEqual([])
  })
})
