import {
  knownNotices,
  reasonOfSisError,
  type OfferedLogin,
  type ReasonCode,
  type ShownLink,
  type ShownProof,
  type SisErrorKind,
} from '@emrex-gateway/core'
import type { Elmo } from '@emrex-gateway/elmo'
import { sampleReceipt } from '@emrex-gateway/testing'
import type { Gap, NcpPage, NcpRequest } from '../src/index.js'

type Receiver = NcpRequest['receiver']

const known: Receiver = {
  kind: 'known',
  name: 'Zuhause-Universität',
  host: 'smp.example',
  origin: 'https://smp.example',
  formOrigins: ['https://smp.example'],
  returnUrl: 'https://smp.example/return',
}
const asked: Receiver = {
  kind: 'ask',
  host: 'hochschule-süd.example',
  hostAscii: 'xn--hochschule-sd-7ob.example',
  origin: 'https://xn--hochschule-sd-7ob.example',
  formOrigins: ['https://xn--hochschule-sd-7ob.example'],
  returnUrl: 'https://xn--hochschule-sd-7ob.example/return',
}

/** An invented person's results with everything that a page can show of them. */
export const sampleElmo: Elmo = {
  generatedDate: '2026-11-02T10:00:00Z',
  learner: {
    givenNames: 'Aino',
    familyName: 'Esimerkki',
    bday: '1952-10-13',
    identifier: [
      { type: 'nationalIdentifier', value: '131052-308T' },
      { type: 'local', value: 'a-1' },
    ],
    birthName: 'Oletettu',
    placeOfBirth: 'Keksilä',
    citizenship: 'ZW',
    gender: '2',
    currentAddress: { addressLine: ['Kuvitelmakatu 1'], postalCode: '00000', locality: 'Satula' },
  },
  reports: [
    {
      issuer: {
        country: 'FI',
        identifier: [{ type: 'schac', value: 'ranta.example' }],
        title: [{ value: 'Rantayliopisto', lang: 'fi' }],
        url: 'https://ranta.example/',
      },
      learningOpportunitySpecification: [
        {
          identifier: [{ type: 'local', value: 'CS-A1110' }],
          title: [{ value: 'Johdatus ohjelmointiin', lang: 'fi' }],
          type: 'Module',
          instance: {
            status: 'passed',
            resultLabel: '4',
            credit: [{ scheme: 'ects', value: '5' }],
            date: '2026-05-14',
          },
          parts: [{ title: [{ value: 'Harjoitukset', lang: 'fi' }], instance: { status: 'in-progress' } }],
        },
      ],
      issueDate: '2026-11-02T10:00:00Z',
      attachment: [
        {
          title: [{ value: 'Opintosuoriteote', lang: 'fi' }],
          type: 'EMREX transcript',
          content: [{ value: 'data:,' }],
        },
      ],
    },
  ],
}

/** What the sample pages show as it is: names, addresses, and what a person's document says. */
export const sampleData = [
  'a•••@ranta.example',
  ...['Zuhause-Universität', 'smp.example', asked.host, asked.hostAscii, 'Rantayliopisto', 'Testilogin', 'Landes-NCP'],
  ...['Aino Esimerkki', '131052-308T', 'a-1', 'local', 'CS-A1110', 'Johdatus ohjelmointiin', 'Harjoitukset', '5 ECTS'],
  ...['Oletettu', 'Keksilä', 'ZW', 'Kuvitelmakatu 1, 00000, Satula'],
  ...['ABCD-EFGH-JKMN', '(Finland)', 'Kotiyliopisto, https://koti.example', 'Peruste', 'ab'.repeat(32)],
]

export const requestedAt = '2026-11-02T10:00:00.000Z'

const login: OfferedLogin = {
  ...{ id: 'eid', label: 'Testilogin', kind: 'eid', countries: [], serves: ['Rantayliopisto'] },
  ...{ needsStudentNumber: false, available: true },
}
/** As many as are worth a search, of every kind, one that is down and one that is not enough by itself. */
const manyLogins: readonly OfferedLogin[] = (['student', 'federation', 'eid', 'demo'] as const).flatMap((kind) =>
  [1, 2, 3, 4].map((number) => ({
    ...{ ...login, id: `${kind}-${number}`, kind, available: number !== 2, needsStudentNumber: number === 3 },
  })),
)
const proofFaces: readonly ShownProof[] = [
  { step: 'ways', places: ['Rantayliopisto', 'Landes-NCP'], logins: [], mistake: 'number' },
  { step: 'ways', places: [], logins: [{ id: 'account', label: 'Testilogin' }], mistake: 'code-over' },
  { step: 'code', place: 'Rantayliopisto', minutes: 10 },
  { step: 'code', place: 'Rantayliopisto', minutes: 10, mistake: 'code' },
  ...(['locked', 'no-access', 'other-login-linked', 'login-does-not-fit'] as const).map((why): ShownProof => ({
    step: 'refused',
    why,
    logins: [{ id: 'account', label: 'Testilogin' }],
  })),
]
const link: ShownLink = {
  ...{ id: 'link-1', login: 'Testilogin', institution: 'Rantayliopisto', since: '2026-01-02T12:00:00.000Z' },
  sentTo: 'a•••@ranta.example',
}

const sisKinds = Object.keys(reasonOfSisError) as SisErrorKind[]

/** Everything that can have happened at a place. */
const everyGap: readonly Gap[] = [
  ...sisKinds.map((kind) => ({ institution: 'Rantayliopisto', code: reasonOfSisError[kind], kind })),
  { institution: 'Rantayliopisto', code: 'ID_MISMATCH' },
  { institution: 'Rantayliopisto', code: 'INTERNAL' },
]

/** One sample of every page of the role; a new page does not compile without one. */
export const samplePages: { readonly [Name in NcpPage['page']]: NcpPage & { readonly page: Name } } = {
  'confirm-receiver': { page: 'confirm-receiver', receiver: asked },
  'choose-login': { page: 'choose-login', receiver: known, logins: [login] },
  'login-failed': { page: 'login-failed', receiver: known, code: 'LOGIN_TOO_WEAK', login: 'eid', logins: [login] },
  'second-proof': {
    page: 'second-proof',
    receiver: known,
    proof: { step: 'ways', places: ['Rantayliopisto'], logins: [{ id: 'account', label: 'Testilogin' }] },
  },
  collecting: {
    page: 'collecting',
    places: (['asked', 'read', 'failed'] as const).map((state) => ({ place: 'Rantayliopisto', state })),
  },
  'select-results': {
    page: 'select-results',
    receiver: known,
    elmo: sampleElmo,
    gaps: [{ institution: 'Rantayliopisto', code: 'SIS_DOWN' }],
    mistake: 'nothing-chosen',
    links: [link],
  },
  preview: { page: 'preview', receiver: asked, elmo: sampleElmo, requestedAt, document: 'name', transcript: true },
  sent: { page: 'sent', receiver: known, again: true },
  answering: { page: 'answering', receiver: known, code: 'NO_RESULTS', institutions: ['Rantayliopisto'] },
  ended: { page: 'ended', code: 'USER_GONE' },
  receipt: { page: 'receipt', receipt: sampleReceipt, signed: true, until: '2026-11-03T10:00:00.000Z' },
}

/** Further faces of the same pages: what is shown under another condition. */
export const otherFaces = (codes: readonly ReasonCode[]): NcpPage[] => [
  { page: 'choose-login', receiver: asked, logins: [] },
  { page: 'choose-login', receiver: asked, logins: manyLogins },
  { page: 'collecting', places: [{ place: 'Rantayliopisto', state: 'asked' }] },
  {
    page: 'select-results',
    receiver: known,
    elmo: sampleElmo,
    gaps: everyGap,
    notices: [
      ...knownNotices.map((notice) => ({ institution: 'Rantayliopisto', notice, detail: 'CS-A1110' })),
      { institution: 'Rantayliopisto', notice: 'of-its-own' },
    ],
    wholeOnly: true,
    unread: ['Opintosuoriteote'],
  },
  ...proofFaces.map((proof): NcpPage => ({ page: 'second-proof', receiver: known, proof })),
  { page: 'sent', receiver: asked, again: false },
  { page: 'sent', receiver: asked, again: false, leave: 'Testilogin' },
  ...codes.map((code): NcpPage => ({ page: 'answering', receiver: asked, code, institutions: [] })),
  { page: 'answering', receiver: asked, code: 'SIS_DOWN', institutions: [], gaps: everyGap },
  ...codes.map((code): NcpPage => ({ page: 'ended', code })),
  ...codes.map((code): NcpPage => ({
    page: 'login-failed',
    receiver: known,
    code,
    login: 'eid-1',
    logins: manyLogins,
  })),
]
