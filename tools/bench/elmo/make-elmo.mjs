import { createCipheriv } from 'node:crypto'
import { writeElmo } from '@emrex-gateway/elmo'

/** @typedef {import('@emrex-gateway/elmo').Elmo} Elmo */
/** @typedef {import('@emrex-gateway/elmo').LearningOpportunitySpecification} Opportunity */

const KB = 1000
const MB = 1000 * KB

/** The documents of the measurements, by name: the size they have about, and how much of it is attachments. */
export const documents = /** @type {const} */ ({
  '20k': { bytes: 20 * KB, attachments: 0 },
  '100k': { bytes: 100 * KB, attachments: 0 },
  '1m': { bytes: 1 * MB, attachments: 0 },
  '10m': { bytes: 10 * MB, attachments: 4 },
  '40m': { bytes: 40 * MB, attachments: 4 },
})
/** @typedef {keyof typeof documents} DocumentName */
export const documentNames = /** @type {DocumentName[]} */ (Object.keys(documents))

/** A document with attachments has so much beside them. */
const structureBytes = 100 * KB
const coursesOfModule = 10

const subjects = ['Algebra', 'Rivers & Lakes', 'Organic Chemistry', 'Law of the Sea', 'Acoustics', 'Nordic Languages']
const ways = ['an Introduction', 'Methods', 'Project Work', 'Seminar', 'Field Studies', 'Theory and Practice']
const emne = ['Algebra', 'Elver og innsjøer', 'Organisk kjemi', 'Havrett', 'Akustikk', 'Nordiske språk']

/**
 * One course of an invented student.
 *
 * @param {number} index
 * @returns {Opportunity}
 */
function course(index) {
  // A linear congruence, so that neighbours differ and every run has the same.
  const dice = (index * 1103515245 + 12345) % 2147483648
  /** @param {readonly string[]} list */
  const pick = (list, by = 1) => /** @type {string} */ (list[Math.floor(dice / by) % list.length])
  const year = 2018 + (index % 8)
  return {
    identifier: [{ type: 'local', value: `BEN${1000 + index}` }],
    title: [
      { lang: 'en', value: `${pick(subjects)}, ${pick(ways, 7)} ${index}` },
      { lang: 'nb', value: `${pick(emne)} ${index}` },
    ],
    type: 'Course',
    iscedCode: `05${10 + (index % 80)}`,
    description: [{ lang: 'en', value: `Students learn ${pick(subjects, 11)} and write <two> short papers.` }],
    instance: {
      date: `${year}-0${1 + (index % 9)}-${10 + (index % 18)}`,
      academicTerm: {
        title: [{ lang: 'en', value: `Autumn ${year}` }],
        start: `${year}-08-15`,
        end: `${year}-12-20`,
      },
      status: 'passed',
      resultLabel: pick(['A', 'B', 'C', 'D', 'E'], 13),
      credit: [{ scheme: 'ects', value: pick(['5', '7.5', '10', '15'], 17) }],
      languageOfInstruction: pick(['en', 'nb'], 19),
    },
  }
}

/**
 * A programme of modules of courses.
 *
 * @param {number} courses
 * @returns {Opportunity}
 */
function programme(courses) {
  const all = Array.from({ length: courses }, (_, index) => course(index))
  const modules = Array.from({ length: Math.ceil(courses / coursesOfModule) }, (_, index) => ({
    identifier: [{ type: 'local', value: `MOD${index}` }],
    title: [{ lang: 'en', value: `Module ${index}` }],
    type: 'Module',
    instance: { status: 'passed', credit: [{ scheme: 'ects', value: '30' }] },
    parts: all.slice(index * coursesOfModule, (index + 1) * coursesOfModule),
  }))
  return {
    identifier: [{ type: 'local', value: 'PRO1' }],
    title: [{ lang: 'en', value: 'Bachelor of Measurement' }],
    type: 'Degree Programme',
    instance: { status: 'passed', level: [{ type: 'EQF', value: '6' }] },
    parts: modules,
  }
}

/**
 * Something that begins like a PDF and shrinks as little as one: the same bytes in every run.
 *
 * @param {number} seed
 * @param {number} bytes of its base64
 */
function attachmentText(seed, bytes) {
  const noise = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16))
  const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), noise.update(Buffer.alloc(Math.floor(bytes * 0.75)))])
  return `data:application/pdf;base64,${content.toString('base64')}`
}

/**
 * @param {number} courses
 * @param {number} attachments
 * @param {number} attachmentBytes of each
 * @returns {Elmo}
 */
const elmo = (courses, attachments, attachmentBytes) => ({
  generatedDate: '2026-03-02T09:30:00Z',
  learner: {
    citizenship: 'NO',
    identifier: [{ type: 'nationalIdentifier', value: '00000000000' }],
    givenNames: 'Målfrid',
    familyName: 'Prøveperson',
    bday: '2001-05-17',
  },
  reports: [
    {
      issuer: {
        country: 'NO',
        identifier: [{ type: 'schac', value: 'uni.example' }],
        title: [{ lang: 'en', value: 'University of Examples' }],
        url: 'https://uni.example/',
      },
      learningOpportunitySpecification: [programme(courses)],
      issueDate: '2026-03-02T09:30:00Z',
      ...(attachments > 0 && {
        attachment: Array.from({ length: attachments }, (_, index) => ({
          title: [{ lang: 'en', value: `Document ${index}` }],
          type: 'Transcript of Records',
          content: [{ lang: 'en', value: attachmentText(index, attachmentBytes) }],
        })),
      }),
    },
  ],
})

/**
 * The model of a valid ELMO 1.7.0 document about an invented student, the same in every run.
 *
 * @param {DocumentName} name
 * @returns {Elmo}
 */
export function makeElmo(name) {
  const { bytes, attachments } = documents[name]
  const wanted = attachments > 0 ? structureBytes : bytes
  const bytesOf = (/** @type {number} */ courses) => writeElmo(elmo(courses, 0, 0)).length
  const courses = Math.round((wanted - bytesOf(0)) / ((bytesOf(200) - bytesOf(0)) / 200))
  return elmo(courses, attachments, attachments > 0 ? (bytes - structureBytes) / attachments : 0)
}
