import { sisContext, SisError, type Delivery, type PluginHost } from '@emrex-gateway/core'
import { recordingHost, startLadok } from '@emrex-gateway/testing'
import { importTargetContract } from '@emrex-gateway/testing/contracts'
import { studentOf } from '@emrex-gateway/testing/population'
import { makeLadokSisPlugin, type AnnanMerit } from '../src/index.js'
import { connectLadok } from './connect-ladok.js'
import { esiOf, subjectOf } from './subject-of.js'

const ada = studentOf('ada')
let logged: readonly string[] = []

importTargetContract('sis-ladok', {
  student: subjectOf(ada),
  unknownPerson: { claims: [{ type: 'esi', value: esiOf({ key: '1d0a6b1e-0000-4000-8000-000000000404' }) }] },
  personalData: [ada.given, ada.family, ada.birthDate, ada.key],
  logged: () => logged,
  async open() {
    const ladok = await startLadok()
    const { opened, cases: desk } = recordingHost()
    let refuses = false
    const cases: PluginHost['cases'] = {
      ...desk,
      open: async (newCase) => {
        if (refuses) throw new SisError('refused', 'no case can be opened', { connection: newCase.system })
        return desk.open(newCase)
      },
    }
    const [one, two] = [
      await connectLadok(ladok, { cases, settings: { target: true } }),
      await connectLadok(ladok, { cases, settings: { target: true } }),
    ]
    return {
      connection: one.connection,
      other: two.connection,
      imported: async () => {
        const merits = opened.flatMap(
          ({ files }) => JSON.parse(files.find(({ name }) => name === 'annan-merit.json')!.text) as AnnanMerit[],
        )
        return {
          deliveries: opened.length,
          items: merits.length,
          documents: opened.map(({ delivery }) => delivery.document.xml),
        }
      },
      refuseLastItem: async () => void (refuses = true),
      close: async () => {
        logged = [...logged, ...one.host.lines, ...two.host.lines]
        await one.close()
        await two.close()
        await ladok.close()
      },
    }
  },
})

describe('LadokImportApi', () => {
  it('is handed the merits, where somebody brings one and the settings turn it on', async () => {
    const ladok = await startLadok()
    const seen: string[] = []
    const plugin = makeLadokSisPlugin({
      submit: async (_api, merits, delivery) => {
        seen.push(...merits.map(({ Benamning }) => Benamning))
        return { id: delivery.id, state: 'queued' }
      },
    })
    const on = await connectLadok(ladok, { plugin, settings: { target: true, structuredImport: true } })
    const off = await connectLadok(ladok, { plugin, settings: { target: true } })
    const title = [{ value: 'Fizyka', lang: 'pl' }]
    const elmo = { reports: [{ issuer: { title: [] }, learningOpportunitySpecification: [{ title, instance: {} }] }] }
    const receipt = await on.connection.target!.submit(
      { id: 'one', document: { elmo } } as unknown as Delivery,
      sisContext(60, 'import'),
    )
    expect([receipt, seen]).toEqual([{ id: 'one', state: 'queued' }, ['Fizyka']])
    expect([on, off].map(({ connection }) => connection.target!.can.mode)).toEqual(['structured', 'case'])
    await on.close()
    await off.close()
    await ladok.close()
  })
})
