import type {
  Identity,
  MatchResult,
  OfferedLogin,
  ReasonCode,
  RegistrySnapshot,
  ShownLink,
  ShownProof,
  WaitingCase,
} from '@emrex-gateway/core'
import type { VerifiedElmo } from '@emrex-gateway/elmo'
import { sampleReceipt } from '@emrex-gateway/testing'
import type { AskedFor } from '../src/api/request-records.js'
import { resultFields, type SmpPage, type StaffPage } from '../src/index.js'

/** What the sample pages show as it is: names, addresses, and what a document says. */
export const sampleData = [
  'a•••@ranta.example',
  ...['Kotiyliopisto', 'Testilogin', 'Coast NCP', 'University of the Coast', 'Hills NCP', 'Island Academy', 'Norway'],
  ...['rannikko', 'Aino Esimerkki', '131052-308T', 'CS-A1110', 'Johdatus ohjelmointiin', '5 ECTS', 'receipt-1'],
  ...['Aino Mallikas', '48151623', 'EMREX', 'annan-merit.json', '1952-10-13'],
  ...[
    'ABCD-EFGH-JKMN',
    '(Finland)',
    'Kotiyliopisto, https://koti.example',
    'Peruste',
    'Rantayliopisto',
    'ab'.repeat(32),
  ],
  ...['Jobs Example', 'Todistus', 'A job', 'Your consent', 'request-1'],
]

const snapshot: RegistrySnapshot = {
  entries: [
    { ...entry('coast', 'Coast NCP'), institutions: ['University of the Coast'] },
    { ...entry('hills', 'Hills NCP'), institutions: ['University of the Coast', 'Island Academy'] },
    { ...entry('home', 'Kotiyliopisto'), institutions: ['Kotiyliopisto'] },
  ],
  countries: [{ code: 'NO', name: 'Norway' }],
  skipped: [],
  stale: true,
}

function entry(id: string, name: string) {
  return { id, name, countryCode: 'NO', url: `https://${id}.example/ncp`, certificates: [] }
}

const match: MatchResult = { verdict: 'doubt', reasons: ['birth-date-equal', 'family-different', 'given-same'] }
const ncp = 'Coast NCP'
const asker = 'Jobs Example'

/** What another system asks for. */
export const asked: AskedFor = {
  ...{ asker, purpose: { fi: 'Todistus', en: 'A job' }, legalBasis: { en: 'Your consent' } },
  ...{ fields: ['learner-name', 'degree-title', 'credits-total'], retentionDays: 30, language: 'en' },
}
export const askedForAll: AskedFor = { ...asked, legalBasis: {}, fields: resultFields, retentionDays: 1 }

const login: OfferedLogin = {
  ...{ id: 'campus', label: 'Testilogin', kind: 'eid', countries: [], serves: ['Kotiyliopisto'] },
  ...{ needsStudentNumber: false, available: true },
}
/** As many as are worth a search, of every kind, one that is down and one that is not enough by itself. */
const manyLogins: readonly OfferedLogin[] = (['student', 'federation', 'eid', 'demo'] as const).flatMap((kind) =>
  [1, 2, 3, 4].map((number) => ({
    ...{ ...login, id: `${kind}-${number}`, kind, available: number !== 2, needsStudentNumber: number === 3 },
  })),
)
const proofFaces: readonly ShownProof[] = [
  { step: 'ways', places: ['University of the Coast', 'Kotiyliopisto'], logins: [], mistake: 'number' },
  { step: 'ways', places: [], logins: [{ id: 'account', label: 'Testilogin' }], mistake: 'code-over' },
  { step: 'code', place: 'University of the Coast', minutes: 10 },
  { step: 'code', place: 'University of the Coast', minutes: 10, mistake: 'code' },
  ...(['locked', 'no-access', 'other-login-linked', 'login-does-not-fit'] as const).map((why): ShownProof => ({
    step: 'refused',
    why,
    logins: [{ id: 'account', label: 'Testilogin' }],
  })),
]
const link: ShownLink = {
  ...{ id: 'link-1', login: 'Testilogin', institution: 'University of the Coast', since: '2026-01-02T12:00:00.000Z' },
  sentTo: 'a•••@ranta.example',
}

const receipt = { ...sampleReceipt, act: 'imported' } as const

/** One sample of every page of the role; a new page does not compile without one. */
export const samplePages = (
  document: VerifiedElmo,
): { readonly [Name in SmpPage['page']]: SmpPage & { readonly page: Name } } => ({
  'choose-login': { page: 'choose-login', logins: [login] },
  'login-failed': { page: 'login-failed', code: 'LOGIN_FAILED', login: 'campus', logins: [login] },
  'second-proof': {
    page: 'second-proof',
    proof: { step: 'ways', places: ['University of the Coast'], logins: [{ id: 'account', label: 'Testilogin' }] },
  },
  'choose-ncp': { page: 'choose-ncp', snapshot, query: '', own: ['home'], mistake: 'WRONG_INSTITUTION' },
  waiting: { page: 'waiting', ncp },
  review: {
    ...{ page: 'review', ncp, document, match: { ...match, verdict: 'same' } },
    deviations: ['not-gzipped'],
    transcript: true,
  },
  'needs-staff': { page: 'needs-staff', ncp, why: ['match-unsure', 'document-not-fresh'], match },
  importing: { page: 'importing', ncp, tries: 'first' },
  imported: { page: 'imported', ncp, results: 2, ects: '5', receipt: 'receipt-1' },
  'passed-on': { page: 'passed-on', ncp, results: 2, ects: '5', receipt: 'receipt-1' },
  'handed-over': { page: 'handed-over', ncp, results: 2, ects: '5', receipt: '48151623' },
  given: { page: 'given', ncp, asker, request: 'request-1', retentionDays: 30 },
  ended: { page: 'ended', code: 'NCP_ERROR', ncp, message: 'rannikko', fields: [] },
  receipt: { page: 'receipt', receipt, signed: true, until: '2026-11-03T10:00:00.000Z' },
  history: { page: 'history', receipts: [receipt, { ...receipt, act: 'handed-over', number: 'BBBB-CCCC-DDDD' }] },
})

/** Further faces of the same pages: what is shown under another condition. */
export const otherFaces = (codes: readonly ReasonCode[], document: VerifiedElmo): SmpPage[] => [
  ...[asked, askedForAll].map((asks): SmpPage => ({
    page: 'review',
    ncp,
    document,
    match,
    deviations: [],
    asked: asks,
  })),
  { page: 'given', ncp, asker, leave: 'Testilogin' },
  { page: 'given', ncp, asker, request: 'request-1', retentionDays: 1 },
  ...codes.map((code): SmpPage => ({ page: 'ended', code, fields: [], asker })),
  ...proofFaces.map((proof): SmpPage => ({ page: 'second-proof', proof })),
  { page: 'choose-ncp', snapshot, query: 'Coast', own: [], link },
  { page: 'choose-ncp', snapshot, query: 'rannikko', own: [] },
  { page: 'choose-ncp', snapshot: { ...snapshot, entries: [] }, query: '', own: [] },
  { page: 'choose-ncp', snapshot, query: '', own: [], earlier: 2 },
  { page: 'history', receipts: [] },
  { page: 'receipt', receipt: { ...receipt, act: 'handed-over' }, signed: false, until: '2026-11-03T10:00:00.000Z' },
  { page: 'choose-login', logins: [] },
  { page: 'choose-login', logins: manyLogins },
  { page: 'importing', ncp, tries: 'again' },
  { page: 'imported', ncp, results: 1, receipt: 'receipt-1', number: 'ABCD-EFGH-JKMN', leave: 'Testilogin' },
  { page: 'passed-on', ncp, results: 1, receipt: 'receipt-1', leave: 'Testilogin' },
  { page: 'handed-over', ncp, results: 1, receipt: '48151623', leave: 'Testilogin' },
  { page: 'ended', code: 'ID_MISMATCH', fields: ['identifier', 'birth-date', 'family', 'given', 'surprise'] },
  ...codes.map((code): SmpPage => ({ page: 'ended', code, fields: [] })),
  ...codes.map((code): SmpPage => ({ page: 'login-failed', code, login: 'eid-1', logins: manyLogins })),
]

export const receivedAt = '2026-11-02T10:00:00.000Z'

const identity: Identity = {
  provider: 'campus',
  issuer: 'urn:test',
  subject: '1',
  loa: 'low',
  authenticatedAt: receivedAt,
  names: [{ given: 'Aino', family: 'Mallikas', kind: 'current' }],
  identifiers: [],
  roles: [],
}

const waiting: WaitingCase = {
  ...{ id: 'f0e1d2c3b4a5', reference: '48151623', remark: 'EMREX', match, expiresAt: Date.parse(receivedAt) },
  origin: { ncp, country: 'NO', receivedAt },
  owner: {
    person: 'person-1',
    institution: { code: '1', title: 'Kotiyliopisto' },
    learner: {
      ...{ givenNames: 'Aino', familyName: 'Mallikas', bday: '1952-10-13' },
      identifier: [{ type: 'nationalIdentifier', value: '131052-308T' }],
    },
  },
  files: [{ name: 'annan-merit.json', mediaType: 'application/json' }],
}
const { remark: _remark, ...bare } = waiting
const sureWaiting: WaitingCase = { ...bare, match: { ...match, verdict: 'same' }, files: [] }
export const fileNames = [
  'document.xml',
  'transcript.pdf',
  'transcript.html',
  'results.csv',
  'results.json',
  'attachment-1.pdf',
  'annan-merit.json',
]

export const staffPages = (document: VerifiedElmo, codes: readonly ReasonCode[]): StaffPage[] => [
  {
    page: 'staff-cases',
    done: 'accepted',
    transcript: true,
    more: 7,
    cases: [
      {
        ...{ id: '0a1b2c3d4e5f', ncp, receivedAt, match, identity, document },
        earlier: [
          { at: receivedAt, reference: '20000002', results: ['CS-A1110', 'Johdatus ohjelmointiin'], isAll: false },
        ],
        why: ['match-unsure', 'document-not-fresh'],
        home: { givenNames: 'Aino', familyName: 'Mallikas' },
      },
      {
        ...{ id: '1b2c3d4e5f60', ncp, receivedAt, identity, document, why: ['match-unsure'] },
        match: {
          verdict: 'doubt',
          reasons: ['birth-date-equal', 'family-same', 'given-same', 'birth-name-used'],
        },
        home: { givenNames: 'Aino', familyName: 'Mallikas', birthName: 'Esimerkki', bday: '1952-10-13' },
      },
    ],
  },
  { page: 'staff-cases', cases: [], done: 'refused' },
  { page: 'staff-cases', cases: [], done: 'duplicate' },
  { page: 'staff-cases', cases: [], byHand: [waiting, sureWaiting], done: 'taken' },
  { page: 'staff-cases', cases: [], byHand: [], done: 'not-taken' },
  { page: 'staff-cases', cases: [], done: 'over' },
  { page: 'staff-cases', cases: [], done: 'no-reason' },
  { page: 'staff-case', open: { ...waiting, document }, files: fileNames },
  { page: 'staff-case', open: { ...sureWaiting, document }, files: fileNames.slice(0, 4) },
  ...codes.map((code): StaffPage => ({ page: 'staff-login-failed', code })),
]
