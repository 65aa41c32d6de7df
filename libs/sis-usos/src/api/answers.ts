import { z } from 'zod'

/** What we read of the answers of USOS; all else in them is left where it is. Ids are numbers in some versions. */
const id = z.union([z.string(), z.number()]).transform(String)
const text = z.string().nullish()
const texts = z.object({ pl: text, en: text }).nullish()

export const installationAnswer = z.object({
  institution_name: texts,
  schac_id: text,
  version: text,
})

export const userAnswer = z.object({
  id,
  first_name: text,
  middle_names: text,
  last_name: text,
  sex: text,
  student_number: id.nullish(),
  pesel: text,
  birth_date: text,
})

export const programmesAnswer = z.array(
  z.object({
    id,
    status: text,
    programme: z.object({ id, description: texts, level: text }),
  }),
)

export const pointsAnswer = z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number()]).nullable()))

const edition = z.object({ course_id: id, course_name: texts, term_id: id, passing_status: text })
export const editionsAnswer = z.object({ course_editions: z.record(z.string(), z.array(edition)) })

const grade = z.object({
  value_symbol: text,
  passes: z.boolean().nullish(),
  exam_session_number: z.union([z.string(), z.number()]).nullish(),
  grade_type_id: id.nullish(),
  date_acquisition: text,
})
/** One protocol: the grade of each session, null where nobody sat it. */
const protocol = z.record(z.string(), grade.nullable())
const protocols = z.array(protocol).nullish()
const courseGrades = z.object({
  course_grades: protocols,
  course_units_grades: z.record(z.string(), protocols).nullish(),
})
export const gradesAnswer = z.record(z.string(), z.record(z.string(), courseGrades))

export const courseAnswer = z.object({ id, name: texts, lang_id: text, description: texts })
export const termAnswer = z.object({
  id,
  name: texts,
  start_date: text,
  end_date: text,
  order_key: z.number().nullish(),
})
export const unitAnswer = z.object({ id, classtype_id: id.nullish() })
export const classTypesAnswer = z.record(z.string(), z.object({ name: texts }))
export const gradeTypeAnswer = z.object({
  id,
  name: texts,
  values: z.array(
    z.object({ symbol: z.string(), passes: z.boolean().nullish(), name: texts, order_key: z.number().nullish() }),
  ),
})

const examination = z.object({
  grades_distribution: z.array(z.object({ percentage: z.number(), grade_symbol: z.string() })).nullish(),
  course_unit: z.object({ id }).nullish(),
})
export const examinationsAnswer = z.record(z.string(), z.record(z.string(), z.array(examination)))

export const methodIndexAnswer = z.array(z.object({ name: z.string() }))
export const methodAnswer = z.object({ result_fields: z.array(z.object({ name: z.string() })).nullish() })

export type Texts = z.output<typeof texts>
export type UsosUser = z.output<typeof userAnswer>
export type UsosProgramme = z.output<typeof programmesAnswer>[number]
export type UsosEdition = z.output<typeof edition>
export type UsosGrade = z.output<typeof grade>
export type Protocol = z.output<typeof protocol>
export type CourseGrades = z.output<typeof courseGrades>
export type UsosCourse = z.output<typeof courseAnswer>
export type UsosTerm = z.output<typeof termAnswer>
export type UsosGradeType = z.output<typeof gradeTypeAnswer>
export type Examination = z.output<typeof examination>
