import { SisError, type SisConnection, type Subject } from '@emrex-gateway/core'
import { usosDialect } from '@emrex-gateway/testing'
import {
  failuresOverHttp,
  identityProviderContract,
  importTargetContract,
  resultSourceContract,
} from '@emrex-gateway/testing/contracts'
import { studentOf } from '@emrex-gateway/testing/population'
import { decide, openUsos, type OpenUsos } from './open-usos.js'

resultSourceContract('sis-usos', {
  dialect: usosDialect,
  ways: [],
  unknownPerson: {
    claims: [
      { type: 'nationalId', country: 'PL', value: '44051401359' },
      { type: 'learnerId', scheme: 'pierwszy.example', value: '500101' },
    ],
    grant: { connection: 'another', secret: 'of-another' },
  },
  failures: { ...failuresOverHttp, 'grant-expired': 'expired' },
  async open() {
    const opened = await openUsos()
    return {
      connection: opened.connection,
      logged: () => opened.host.lines,
      is: (scenario) => opened.usos.is(scenario),
      subjectOf: async (student) => ({ claims: [], grant: await opened.grantOf(student) }),
      close: () => opened.close(),
    }
  },
})

let student: Subject = { claims: [] }
let logged: readonly string[] = []
importTargetContract('sis-usos', {
  // Who it is, is known by a leave, and that belongs to the installation that was opened.
  get student() {
    return student
  },
  unknownPerson: { claims: [{ type: 'learnerId', scheme: 'pierwszy.example', value: '500101' }] },
  logged: () => logged,
  personalData: ['Provnåsen', '1989-06-05', '500101', '05068907693'],
  async open() {
    const opened = await openUsos()
    student = { claims: [], grant: await opened.grantOf(studentOf('ada')) }
    return {
      connection: opened.connection,
      other: await opened.another(),
      imported: async () => ({
        deliveries: opened.host.opened.length,
        items: opened.host.opened.flatMap(({ files }) => {
          const { text } = files.find(({ name }) => name === 'decision-items.json')!
          return (JSON.parse(text) as { items: unknown[] }).items
        }).length,
        documents: opened.host.opened.map(({ delivery }) => delivery.document.xml),
      }),
      async refuseLastItem() {
        opened.refuseCases(new SisError('refused', 'the desk is closed', { connection: 'usos' }))
      },
      async close() {
        logged = [...logged, ...opened.host.lines]
        await opened.close()
      },
    }
  },
})

for (const seat of ['first', 'second'] as const)
  describe(`the login of the ${seat} installation`, () => {
    const person = studentOf(seat === 'first' ? 'ada' : 'cyra')
    let opened: OpenUsos
    beforeAll(async () => {
      opened = await openUsos({ seat })
    })
    afterAll(() => opened.close())
    const login = () => (opened.connection as Required<SisConnection>).login

    const changed = (url: string, change: (query: URLSearchParams) => void): string => {
      const next = new URL(url)
      change(next.searchParams)
      return next.href
    }
    identityProviderContract(`sis-usos, ${seat} installation`, {
      open: async () => login(),
      answer: (action, _order, what) => decide(action, what === 'cancel' ? 'Cancel' : opened.usos.labelOf(person)),
      spoil: (message) => ({
        ...message,
        url: changed(message.url, (query) => query.set('oauth_verifier', 'spoilt')),
      }),
      broken: {
        'by the token of nobody': (message) => ({
          ...message,
          url: changed(message.url, (query) => query.set('oauth_token', 'strange')),
        }),
        'by a second token': (message) => ({
          ...message,
          url: changed(message.url, (query) => query.append('oauth_token', query.get('oauth_token')!)),
        }),
      },
      personalData: [person.family, person.birthDate, person.number, 'spoilt', 'strange'],
    })
  })
