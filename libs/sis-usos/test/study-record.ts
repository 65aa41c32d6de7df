import type { StudyRecord } from '../src/api/read-record.js'

/** A study record with nothing in it but what a test is about. */
export const studyRecord = (more: Partial<StudyRecord>): StudyRecord => ({
  programmes: [],
  points: {},
  editions: {},
  grades: {},
  examinations: {},
  terms: new Map([
    [
      '2022Z',
      { id: '2022Z', name: { pl: 'Zima', en: null }, start_date: '2022-10-01', end_date: '2023-02-12', order_key: 7 },
    ],
    [
      '2023L',
      {
        id: '2023L',
        name: { pl: 'Lato', en: 'Summer' },
        start_date: '2024-02-13',
        end_date: '2024-06-16',
        order_key: 30,
      },
    ],
  ]),
  courses: new Map(),
  gradeTypes: new Map(),
  unitNames: new Map(),
  losses: [],
  ...more,
})
