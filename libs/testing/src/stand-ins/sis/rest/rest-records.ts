import { terms, type Dialect, type Student, type StudyResult } from '../../../population/index.js'

/** What this system writes for each outcome. */
export const restGrades = { excellent: 'A', good: 'B', sufficient: 'C', pass: 'P', fail: 'F' } as const

/** How this system says what the population holds. */
export const restDialect: Dialect = { language: 'sv', grades: restGrades, lacks: [] }

export const restInstitutions = (['first', 'second'] as const).map((code) => ({
  code,
  title: `University number ${code}`,
  country: 'SE',
  schac: `${code}.example`,
}))
export type RestPlace = (typeof restInstitutions)[number]

type Json = { readonly [name: string]: unknown }

/** The learner in the JSON form of ELMO. */
export const learnerJson = ({ nationalId, given, family, birthDate, gender }: Student): Json => ({
  ...(nationalId && { identifier: [{ type: 'nationalIdentifier', value: nationalId.value }] }),
  givenNames: given,
  familyName: family,
  bday: birthDate,
  gender,
})

export const attachmentOf = ({ id, number }: Student): string | undefined =>
  id === 'lova' ? `paper/${number}?` : undefined

/** The report of one student at one place; undefined where there are no results. */
export function reportJson(student: Student, { code, title, country, schac }: RestPlace): Json | undefined {
  const results = student.results[code] ?? []
  const attachment = attachmentOf(student)
  if (results.length === 0) return undefined
  return {
    issuer: {
      country,
      identifier: [{ type: 'schac', value: schac }],
      title: [{ lang: 'en', value: title }],
      url: `https://${schac}/`,
    },
    learningOpportunitySpecification: results.map(resultJson),
    issueDate: '2026-01-01T00:00:00Z',
    ...(attachment && {
      attachment: [
        {
          identifier: [{ type: 'internal', value: attachment }],
          title: [{ lang: 'en', value: 'Paper' }],
          type: 'Other',
          content: [{ value: 'data:application/pdf;base64,' }],
        },
      ],
    }),
  }
}

function resultJson(result: StudyResult): Json {
  const { code, title, titleEnglish, kind, html, parts } = result
  return {
    ...(code !== undefined && { identifier: [{ type: 'local', value: code }] }),
    title: [
      { lang: 'sv', value: title },
      ...(titleEnglish !== undefined && titleEnglish !== title ? [{ lang: 'en', value: titleEnglish }] : []),
    ],
    type: { course: 'Course', module: 'Module', degree: 'Degree Programme' }[kind],
    ...(html !== undefined && { descriptionHtml: [{ lang: 'sv', value: html }] }),
    instance: instanceJson(result),
    ...(parts !== undefined && { parts: parts.map(resultJson) }),
  }
}

function instanceJson(result: StudyResult): Json {
  const { date, kind, term, outcome, recognised, distribution, credits, unit, level, language } = result
  const grade = restGrades[outcome as keyof typeof restGrades] as string | undefined
  return {
    date,
    ...(kind !== 'degree' && { academicTerm: { title: [{ value: term }], ...terms[term] } }),
    status: { fail: 'failed', 'in-progress': 'in-progress', withdrawn: 'withdrawn' }[outcome as string] ?? 'passed',
    ...(grade !== undefined && recognised !== true && { resultLabel: grade }),
    ...(distribution && {
      resultDistribution: {
        category: Object.entries(distribution).map(([each, count]) => ({
          label: restGrades[each as keyof typeof restGrades],
          count: String(count),
        })),
      },
    }),
    ...(credits !== undefined && outcome !== 'in-progress' && { credit: [{ scheme: unit ?? 'ects', value: credits }] }),
    ...(level && { level: [{ type: 'EQF', value: { bachelor: '6', master: '7' }[level] }] }),
    ...(language !== undefined && { languageOfInstruction: language }),
  }
}

/** What the form of a report has no word for. */
export const noticesOf = (student: Student, { code }: RestPlace): Json[] =>
  (student.results[code] ?? [])
    .filter(({ recognised }) => recognised)
    .map((result) => ({ notice: 'recognised-elsewhere', detail: result.code }))

/** What ELMO 1.x has no word for: such a system leaves it out. */
export const sayableInElmo = (student: Student): Student => {
  const sayable = (results: readonly StudyResult[]) =>
    results.filter(({ outcome, recognised }) => outcome !== 'withdrawn' && recognised !== true)
  const { first, second } = student.results
  return { ...student, results: { first: sayable(first), ...(second && { second: sayable(second) }) } }
}
