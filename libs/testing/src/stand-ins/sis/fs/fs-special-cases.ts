import { fsGrades, oldCredits, studyPoints, type FsRecord, type FsStudent } from './fs-record.js'
import { fictitiousNumber } from './fs-student-of.js'

const base = { kind: 'result', announced: true, passed: true, version: '1', grade: fsGrades.good! } as const
const autumn = { year: 2023, code: 'HØST' }

/** What only FS has, at one invented student of the first institution. */
export const fsSpecialRecords: readonly FsRecord[] = [
  { ...base, id: 'sp-secret', code: 'SOON', names: { nb: 'Ikke kunngjort' }, announced: false, term: autumn },
  { ...base, id: 'sp-unsaid', code: 'UNSAID', names: { nb: 'Kanskje kunngjort' }, announced: null, term: autumn },
  { ...base, id: 'sp-annulled', code: 'NULLED', names: { nb: 'Annullert' }, valid: false, term: autumn },
  { ...base, id: 'sp-unclear', code: 'UNCLEAR', names: { nb: 'Uten status' }, passed: null, term: autumn },
  { ...base, id: 'sp-overlap', code: 'OVERLAP', names: { nb: 'Overlapp' }, weight: studyPoints(0), term: autumn },
  { ...base, id: 'sp-vt', code: 'OLD-VT', names: { nb: 'Vekttall' }, weight: oldCredits(3.5), term: autumn },
  {
    ...base,
    ...{ id: 'sp-vt30', code: 'NEW-VT', names: { nb: 'Vekttall, omregnet' } },
    ...{ weight: { value: 7.5, type: 'VT', perSemester: 30 }, term: autumn },
  },
  {
    ...base,
    id: 'sp-v1',
    code: 'TWICE',
    version: '1',
    names: { nb: 'To utgaver' },
    weight: studyPoints(5),
    term: autumn,
  },
  {
    ...base,
    ...{ id: 'sp-v2', code: 'TWICE', version: '2', names: { nb: 'To utgaver', nn: 'To utgåver', se: 'Guokte' } },
    ...{ weight: studyPoints(7.5), term: { year: 2024, code: 'VÅR' } },
    paragraphs: [
      { category: 'PENSUM', html: 'A reading list', language: 'en' },
      { category: 'MÅL', html: '<p>Later goals</p>', language: 'en', year: 2025, order: 2 },
      { category: 'MÅL', html: '<p>Old goals</p>', language: 'en', year: 2009, order: 2 },
      { category: 'MÅL', html: '<p>Goals &amp; more</p>', language: 'en', year: 2021, order: 2 },
      { category: 'INNHOLD', html: 'Contents', language: 'en', order: 1 },
      { category: 'INNHOLD', html: 'Innhold', language: 'nb', order: 1 },
    ],
  },
  {
    ...base,
    ...{ id: 'sp-merged', code: 'HARBOUR', names: { nb: 'Havnekunnskap' }, weight: studyPoints(10), term: autumn },
    formerInstitution: '9903',
  },
  {
    ...base,
    ...{ id: 'sp-sister', code: 'SISTER', names: { nb: 'Annet lærested' }, weight: studyPoints(10), term: autumn },
    institution: '9902',
  },
  {
    ...base,
    ...{ id: 'sp-thesis', code: 'THESIS', names: { nb: 'Masteroppgave', en: 'Thesis' }, weight: studyPoints(60) },
    ...{ term: autumn, eqf: 7, isced: '0222', url: 'https://first.example/THESIS' },
    teachingLanguages: ['nb', 'en'],
    theses: [
      { title: 'Byen og elva', language: 'nb' },
      { title: 'The town and the river', language: 'en' },
    ],
  },
  { ...base, id: 'sp-whole', code: 'PARTED', names: { nb: 'Oppdelt' }, weight: studyPoints(10), term: autumn },
  {
    ...base,
    ...{ id: 'sp-shown', code: 'PARTED', names: { nb: 'Oppdelt' }, term: autumn },
    part: { code: 'S', names: { nb: 'Skriftlig', nn: 'Skriftleg', en: 'Written' } },
  },
  {
    ...base,
    ...{ id: 'sp-hidden', code: 'PARTED', names: { nb: 'Oppdelt' }, term: autumn },
    part: { code: 'O', names: { nb: 'Obligatorisk' }, onTranscript: false },
  },
  {
    ...base,
    ...{ id: 'sp-number', code: 'NUMERIC', names: { nb: 'Gammel karakter' }, weight: studyPoints(5) },
    ...{ grade: { names: {}, number: 2.3, rule: 10 }, term: { year: 1999, code: 'SOM' } },
  },
  {
    ...base,
    ...{ id: 'sp-counts', code: 'COUNTS', names: { nb: 'Fordeling' }, weight: studyPoints(5), term: autumn },
    counts: { A: 3, B: 0, C: 9, D: 1, E: 0, F: 2 },
  },
  { ...base, id: 'sp-set', kind: 'course-set', code: 'SET', names: { nb: 'Emnesamling', en: 'A set of courses' } },
  { ...base, id: 'sp-in-set', parent: 'sp-set', code: 'INSET', names: { nb: 'I samlingen' }, weight: studyPoints(5) },
]

export const fsSpecialStudent: FsStudent = {
  number: '500190',
  serial: '8500190',
  given: 'Sol',
  family: 'Særtilfelle',
  birthDate: '1990-09-09',
  woman: true,
  elevenDigits: fictitiousNumber('1990-09-09'),
  feide: 'sol@first.example',
  email: 'sol@student.first.example',
  esi: 'urn:schac:personalUniqueCode:int:esi:first.example:500190',
  records: fsSpecialRecords,
}
