/** An invented person, as a stand-in NCP knows them. */
export interface InventedPerson {
  readonly givenNames: string
  readonly familyName: string
  /** ISO 8601 calendar date. */
  readonly birthDate: string
  readonly citizenship?: string
  readonly identifiers?: readonly { readonly type: string; readonly value: string }[]
}

/** A course, or a part of a degree with its own parts. Absent fields are absent in the document. */
export interface InventedStudy {
  readonly title: string
  readonly type?: 'Degree Programme' | 'Module' | 'Course' | 'Class'
  readonly code?: string
  /** Decimal as text, so that `0` and an absent value stay different. */
  readonly credits?: string
  readonly grade?: string
  readonly status?: 'passed' | 'failed' | 'in-progress'
  readonly date?: string
  readonly parts?: readonly InventedStudy[]
}

export interface InventedReport {
  readonly issuer: { readonly country: string; readonly schac: string; readonly title: string; readonly url: string }
  readonly studies: readonly InventedStudy[]
  readonly attachments?: readonly { readonly title: string; readonly type: string; readonly pdf: Uint8Array }[]
}

/** Whom a stand-in answers about unless told otherwise; the number is one of the published test numbers. */
export const inventedPerson: InventedPerson = {
  givenNames: 'Aino Ilona',
  familyName: 'Esimerkki-Öberg',
  birthDate: '1952-10-13',
  citizenship: 'FI',
  identifiers: [{ type: 'nationalIdentifier', value: '131052-308T' }],
}

/** Somebody else: another name, another birth date, another number. */
export const anotherPerson: InventedPerson = {
  givenNames: 'Łukasz',
  familyName: 'Przykładowy',
  birthDate: '1944-05-14',
  citizenship: 'PL',
  identifiers: [{ type: 'nationalIdentifier', value: '44051401359' }],
}

const coast = { country: 'NO', schac: 'coast.example', title: 'University of the Coast', url: 'https://coast.example/' }
const hills = { country: 'NO', schac: 'hills.example', title: 'Høgskolen i Åsene', url: 'https://hills.example/' }
const island = {
  country: 'NO',
  schac: 'island.example',
  title: 'Island Academy of Music',
  url: 'https://island.example/',
}

const oneTerm: readonly InventedStudy[] = [
  {
    title: 'Marine Biology',
    type: 'Course',
    code: 'BIO201',
    credits: '7.5',
    grade: 'B',
    status: 'passed',
    date: '2024-12-13',
  },
  {
    title: 'Statistics <for> Biologists & Others',
    type: 'Course',
    code: 'STA110',
    credits: '5',
    grade: 'A',
    status: 'passed',
    date: '2024-12-18',
  },
]

/** Two courses of one university. */
export const inventedReports: readonly InventedReport[] = [{ issuer: coast, studies: oneTerm }]

/** Three universities in one answer. */
export const severalReports: readonly InventedReport[] = [
  { issuer: coast, studies: oneTerm },
  {
    issuer: hills,
    studies: [
      {
        title: 'Lærerutdanning, praksis',
        type: 'Course',
        code: 'LP-3',
        credits: '15',
        grade: 'bestått',
        status: 'passed',
        date: '2023-06-02',
      },
    ],
  },
  {
    issuer: island,
    studies: [
      {
        title: 'Chamber Music',
        type: 'Course',
        code: 'CM1',
        credits: '10',
        grade: 'passed',
        status: 'passed',
        date: '2022-05-30',
      },
    ],
  },
]

const grades = ['A', 'B', 'C', 'D', 'E', 'B', 'C', 'F']

/** A whole degree: modules with courses in them, a failed one, one without a code, one of no credits, one under way. */
export function realisticReports(): readonly InventedReport[] {
  const modules = ['Foundations', 'Methods', 'Ecology', 'Genetics', 'Field Work', 'Electives'].map((title, module) => ({
    title,
    type: 'Module' as const,
    code: `MOD-${module + 1}`,
    parts: Array.from({ length: 7 }, (_, course): InventedStudy => {
      const number = module * 7 + course
      const grade = grades[number % grades.length] ?? 'A'
      return {
        title: `${title} ${course + 1}`,
        type: 'Course',
        ...(number === 9 ? {} : { code: `BIO${100 + number}` }),
        credits: number === 12 ? '0' : '5.0',
        ...(number === 41 ? { status: 'in-progress' } : { grade, status: grade === 'F' ? 'failed' : 'passed' }),
        date: `${2021 + Math.floor(number / 14)}-${number % 2 === 0 ? '06' : '12'}-${String(10 + (number % 15))}`,
      }
    }),
  }))
  const degree: InventedStudy = {
    title: 'Bachelor of Science in Biology',
    type: 'Degree Programme',
    code: 'BSC-BIO',
    credits: '180',
    status: 'passed',
    date: '2024-06-20',
    parts: modules,
  }
  return [{ issuer: coast, studies: [degree] }]
}
