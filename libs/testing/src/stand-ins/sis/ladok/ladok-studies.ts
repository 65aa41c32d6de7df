import { terms, type StudyResult } from '../../../population/index.js'
import { namesOf, uidOf } from './ladok-answers.js'
import { ladokGrades, ladokScales } from './ladok-dialect.js'
import type { LadokStudent } from './ladok-students.js'
import type { LadokUniversity } from './ladok-universities.js'

/** The courses of a student at a university; those of a degree stand beside it. */
export const coursesOf = (student: LadokStudent, { seat }: LadokUniversity): readonly StudyResult[] =>
  (student.results[seat] ?? []).flatMap((result) => (result.kind === 'degree' ? (result.parts ?? []) : [result]))

const degreesOf = (student: LadokStudent, { seat }: LadokUniversity): readonly StudyResult[] =>
  (student.results[seat] ?? []).filter(({ kind }) => kind === 'degree')

/** Whole numbers come with a zero behind the point. */
const decimal = (text: string | undefined): string | null =>
  text === undefined ? null : text.includes('.') ? text : `${text}.0`

const unitOf = ({ unit }: StudyResult): string => (unit === 'hours' ? 'TIM' : 'HP')

/** Attested results by course. An unfinished course has those of its modules alone. */
export function attestedOf(student: LadokStudent, university: LadokUniversity): object {
  return {
    StudentresultatPerKurs: coursesOf(student, university)
      .map((course) => {
        const rows = [course, ...(course.parts ?? [])].filter(({ outcome }) => outcome !== 'in-progress')
        return {
          KursUID: uidOf('utbildning', course.key),
          Studentresultat: rows.map((row) => resultRow(row, student)),
          UtbildningarUtanKravPaResultat: [],
        }
      })
      .filter(({ Studentresultat }) => Studentresultat.length > 0),
  }
}

function resultRow(result: StudyResult, { projects, partlyCredited }: LadokStudent): object {
  const { key, outcome, credits, earlier, recognised, kind } = result
  // An annulled result keeps the grade that it had.
  const grade = ladokGrades[outcome] ?? ladokGrades.pass!
  const isModule = kind === 'module'
  const project = projects?.[key]
  const credited = partlyCredited?.[key]
  return {
    ResultatUID: uidOf('resultat', key),
    UtbildningUID: uidOf('utbildning', key),
    UtbildningsinstansUID: uidOf('instans', key),
    Utbildningskod: recognised === true ? null : (result.code ?? null),
    // Rows of modules are short of English names, and of credits now and then: the list of modules has both.
    [key.length % 3 === 0 ? 'Benamning' : 'Benamningar']: namesOf(isModule ? { key, title: result.title } : result),
    Omfattningsvarde: isModule && key.endsWith('2') ? null : decimal(credits),
    ExamineradOmfattning: isModule || recognised === true ? null : decimal(credits),
    Enhetskod: unitOf(result),
    Betygsgradskod: recognised === true ? null : grade.code,
    BetygsskalaID: recognised === true ? null : Number(ladokScales[grade.scale].id),
    Examinationsdatum: result.date,
    Beslutsfattare: 'Lärare Examinatorsson',
    ...(project === undefined
      ? {}
      : { Projekttitel: { Titel: project.title, AlternativTitel: project.other ?? null } }),
    Tillgodoinformation:
      recognised === true || credited !== undefined
        ? { Enhetskod: 'HP', Omfattningsvarde: decimal(credited ?? credits), HeltTillgodoraknad: recognised === true }
        : null,
    TidigareAttesteradeResultat:
      earlier === undefined
        ? []
        : [
            {
              Betygsgradskod: ladokGrades[earlier.outcome]?.code,
              BetygsskalaID: Number(ladokScales.ug.id),
              Examinationsdatum: earlier.date,
            },
          ],
    StudentresultatNotering: [],
    ...(outcome === 'withdrawn' ? { Resultatstatus: 'MAKULERAT' } : {}),
    link: [],
  }
}

const termNames = { '2023-autumn': 'HT2023', '2024-spring': 'VT2024' } as const

/** Which courses a student takes or took part in. */
export const participationsOf = (student: LadokStudent, university: LadokUniversity): object => ({
  LarosateID: university.larosateId,
  Tillfallesdeltaganden: coursesOf(student, university).map((course) => {
    const { start, end } = terms[course.term]
    const isOpen = course.outcome === 'in-progress' || course.outcome === 'fail'
    const state = course.outcome === 'withdrawn' ? 'AVBROTT' : isOpen ? 'REGISTRERAD' : 'AVKLARAD'
    return {
      Aterbud: false,
      Avklarad: state === 'AVKLARAD',
      Paborjad: true,
      HarTillgodoraknande: course.recognised === true,
      Registreringsperiod: { Startdatum: start, Slutdatum: end, link: [] },
      Perioddeltaganden: [{ Periodbenamningar: { sv: termNames[course.term] }, Periodindex: 1, link: [] }],
      SummeradGodkandOmfattning: decimal(state === 'AVKLARAD' ? course.credits : '0'),
      TillstandKurs: { Sammanfattat: state, Utbildning: state },
      Utbildningsinformation: educationOf(course, 'KURS'),
      link: [],
    }
  }),
})

const educationOf = (result: StudyResult, type: 'KURS' | 'KURSPAKETERING'): object => ({
  Benamning: namesOf(result),
  Enhetskod: unitOf(result),
  Omfattningsvarde: decimal(result.credits),
  Utbildningskod: result.code ?? null,
  UtbildningUID: uidOf('utbildning', result.key),
  UtbildningsinstansUID: uidOf('instans', result.key),
  Utbildningstyp: { Grundtyp: type },
})

/** Programmes over their courses, and courses of their own. */
export const structureOf = (student: LadokStudent, { seat }: LadokUniversity): object => {
  const node = (result: StudyResult): object => ({
    Referens: uidOf('node', result.key),
    Barn: result.kind === 'degree' ? (result.parts ?? []).map(node) : [],
    Utbildningsinformation: educationOf(result, result.kind === 'degree' ? 'KURSPAKETERING' : 'KURS'),
  })
  return { Studiestruktur: (student.results[seat] ?? []).map(node) }
}

/** A guess of this project, because no public source has it: issued degrees, and one that was taken back. */
export const issuedDegreesOf = (student: LadokStudent, university: LadokUniversity): object => ({
  UtfardatBevis: degreesOf(student, university).flatMap((degree) => {
    const issued = {
      Benamningar: namesOf(degree),
      Bevisbenamningskod: degree.code ?? null,
      Bevistyp: { NationellBevistyp: { Bevisgrundtyp: 'examensbevis' } },
      DatumForAvslutadeStudier: degree.date,
      Utfardandedatum: degree.date,
      Omfattning: decimal(degree.credits),
      Enhet: { Kod: 'HP' },
      GiltigaMeriterForBevis: (degree.parts ?? []).map(({ key }) => ({ ResultatUID: uidOf('resultat', key) })),
      Arendenummer: 'L-1',
      Borttaget: false,
    }
    return [issued, { ...issued, Bevisbenamningskod: 'TAKENBACK', GiltigaMeriterForBevis: [], Borttaget: true }]
  }),
})

/** A version of a course as the catalogue describes it. */
export function courseDetails(course: StudyResult): object {
  const level =
    course.level === undefined ? [] : [{ Namn: attribute('nivainomstudieordning'), Varde: levelIds[course.level] }]
  const language =
    course.language === undefined
      ? []
      : [{ Namn: attribute('undervisningssprak'), Varde: languageIds[course.language] }]
  return {
    Uid: uidOf('instans', course.key),
    Utbildningskod: course.code ?? null,
    Benamningar: namesOf(course),
    Omfattning: decimal(course.credits),
    Status: 3,
    UtbildningstypID: 22,
    Attributvarden: [{ Namn: attribute('betygsskala'), Varde: ladokScales.af.id }, ...level, ...language],
    OverliggandeUtbildningUID: null,
  }
}

const attribute = (name: string) => `utbildning.attribut.${name}`
const levelIds = { bachelor: '101', master: '102' } as const
const languageIds: Readonly<Record<string, string>> = { sv: '201', en: '202' }

export const modulesOf = (course: StudyResult): object => ({
  Moduler: (course.parts ?? []).map((part) => ({
    UtbildningUID: uidOf('utbildning', part.key),
    UtbildningsinstansUID: uidOf('instans', part.key),
    Utbildningskod: part.code ?? null,
    Benamning: namesOf(part),
    Omfattning: decimal(part.credits),
  })),
})

/** What ids and codes mean. */
export const groundData: Readonly<Record<string, object>> = {
  betygsskala: {
    Betygsskala: Object.values(ladokScales).map(({ id, code, sv, grades, failing }) => ({
      ID: id,
      Kod: code,
      Benamningar: { sv },
      Betygsgrader: grades.map((grade, index) => ({
        ID: `${id}${index}`,
        Kod: grade,
        Benamningar: { sv: `Betyg ${grade}`, en: `Grade ${grade}` },
        GiltigSomSlutbetyg: !(failing as readonly string[]).includes(grade),
        Ordningsnummer: index + 1,
      })),
    })),
  },
  enhet: {
    Enhet: [
      { ID: 1, Kod: 'HP', Helarsvarde: 60 },
      { ID: 2, Kod: 'TIM', Helarsvarde: 1600 },
      { ID: 3, Kod: 'FHP', Helarsvarde: 60 },
    ],
  },
  nivainomstudieordning: {
    NivaInomStudieordning: [
      { ID: 101, Kod: 'G1F', Benamningar: { sv: 'Grundnivå' } },
      { ID: 102, Kod: 'A1N', Benamningar: { sv: 'Avancerad nivå' } },
    ],
  },
  undervisningssprak: {
    Undervisningssprak: [
      { ID: 201, Kod: 'SWE', Benamningar: { sv: 'Svenska' } },
      { ID: 202, Kod: 'ENG', Benamningar: { sv: 'Engelska' } },
    ],
  },
}
