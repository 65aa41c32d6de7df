import type { Rows } from './fixture-database.js'

export const esi = (number: string): string => `urn:schac:personalUniqueCode:int:esi:fjell.example:${number}`

const result = (person: string, key: string, more: Record<string, string | number | null> = {}) => ({
  person_key: person,
  institution_code: 'FJELL',
  result_key: key,
  los_type: 'Course',
  code: `C-${key}`,
  title: `Course ${key}`,
  title_lang: 'en',
  status: 'passed',
  date: '2025-06-01',
  credits: '10',
  ...more,
})

/** Two universities and some people; everybody is invented. */
export const fixtureRows: Rows = {
  institution: [
    {
      institution_code: 'FJELL',
      title: 'Universitetet i Fjellbygd',
      title_lang: 'nb',
      title_en: 'University of Fjellbygd',
      schac: 'fjell.example',
      erasmus: 'N FJELL01',
      country: 'NO',
      url: 'https://fjell.example/',
    },
    { institution_code: 'VIK', title: 'Høgskolen i Vik', title_lang: 'nb', country: 'NO', schac: 'vik.example' },
  ],
  person: [
    {
      person_key: 'key-ada',
      institution_code: 'FJELL',
      given_names: 'Ada Marie',
      family_name: 'Nordmann-Prøve',
      birth_date: '1989-06-05',
      national_id: '05068907693',
      national_id_country: 'NO',
      esi: esi('1'),
      learner_id: 'S100',
      email: 'ada@student.fjell.example',
      gender: '2',
    },
    {
      person_key: 'key-bo',
      institution_code: 'FJELL',
      given_names: 'Bo',
      family_name: 'Tomsen',
      birth_date: '2000-02-29',
      esi: esi('2'),
    },
    { person_key: 'key-cy', institution_code: 'FJELL', given_names: 'Cy', family_name: 'Toskole', esi: esi('3') },
    { person_key: 'key-cy', institution_code: 'VIK', given_names: 'Cy', family_name: 'Toskole', esi: esi('3') },
    { person_key: 'key-vik', institution_code: 'VIK', given_names: 'Vi', family_name: 'Ker', learner_id: 'S100' },
  ],
  result: [
    result('key-ada', '01', { credits: '0', code: 'HMS-0' }),
    result('key-ada', '02', { credits: null, code: 'NOCRED' }),
    result('key-ada', '03', { credits: '7.50', code: 'HALF' }),
    result('key-ada', '04', { code: '', title: 'Course without a code' }),
    result('key-ada', '05', { code: 'WHOLE', los_type: 'Module', credits: '15', grade: 'B', grading_scheme: 'A-F' }),
    result('key-ada', '06', { code: 'PART-1', parent_key: '05', credits: null }),
    result('key-ada', '07', { code: 'PART-2', parent_key: '05', credits: null }),
    result('key-ada', '08', { code: 'FAILED', status: 'failed', grade: 'F', grading_scheme: 'A-F' }),
    result('key-ada', '09', { code: 'RUNNING', status: 'in-progress', credits: '5', date: null }),
    result('key-ada', '10', { code: 'ANNULLED', status: 'withdrawn' }),
    result('key-cy', '20', { code: 'CY-1' }),
    result('key-cy', '21', { code: 'CY-2', institution_code: 'VIK' }),
  ],
  grading_scheme: ['A', 'B', 'C', 'D', 'E', 'F'].map((label, index) => ({
    institution_code: 'FJELL',
    scheme: 'A-F',
    label,
    ordinal: index,
    passes: label === 'F' ? 0 : 1,
  })),
}
