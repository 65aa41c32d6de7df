import type { Outcome } from '../../../population/index.js'

export interface LanguagePair {
  readonly pl: string
  readonly en: string | null
}

interface GradeValue {
  readonly symbol: string
  readonly passes: boolean
  readonly decimal_value: string | null
  readonly name: LanguagePair
  readonly order_key: number
}

/** What differs between two universities that run USOS. */
export interface UsosInstallation {
  readonly name: LanguagePair
  readonly schac: string
  readonly gradeTypes: Readonly<Record<string, { readonly name: LanguagePair; readonly values: readonly GradeValue[] }>>
  /** Which grade stands for an outcome: type and symbol. */
  readonly grades: Readonly<Partial<Record<Outcome, readonly [type: string, symbol: string]>>>
  readonly languages: Readonly<Record<string, string>>
  /** How it says that the student refused: with a word of its own, or by leaving the verifier out. */
  readonly refusal: 'oauth_problem' | 'no-verifier'
}

const value = (symbol: string, passes: boolean, order_key: number, pl: string, en: string | null): GradeValue => {
  const decimal = /^\d+([.,]\d+)?$/.test(symbol) ? symbol.replace(',', '.') : null
  return { symbol, passes, decimal_value: decimal, name: { pl, en }, order_key }
}

/** A university with grades from 2 to 5,5, and one with other symbols; neither is anybody's. */
export const usosInstallations: Readonly<Record<'first' | 'second', UsosInstallation>> = {
  first: {
    name: { pl: 'Uniwersytet Pierwszy', en: 'First University' },
    schac: 'pierwszy.example',
    gradeTypes: {
      STD: {
        name: { pl: 'Skala standardowa', en: 'Standard scale' },
        values: [
          value('5,5', true, 1, 'celujący', 'excellent'),
          value('5,0', true, 2, 'bardzo dobry', 'very good'),
          value('4,5', true, 3, 'dobry plus', null),
          value('4,0', true, 4, 'dobry', 'good'),
          value('3,0', true, 5, 'dostateczny', 'satisfactory'),
          value('2,0', false, 6, 'niedostateczny', 'fail'),
          value('NK', false, 7, 'nieklasyfikowany', null),
        ],
      },
      ZAL: {
        name: { pl: 'Zaliczenie', en: null },
        values: [value('ZAL', true, 1, 'zaliczone', 'passed'), value('NZAL', false, 2, 'niezaliczone', 'failed')],
      },
    },
    grades: {
      excellent: ['STD', '5,5'],
      good: ['STD', '4,0'],
      sufficient: ['STD', '3,0'],
      pass: ['ZAL', 'ZAL'],
      fail: ['STD', '2,0'],
    },
    languages: { en: 'eng', pl: 'pol' },
    refusal: 'oauth_problem',
  },
  second: {
    name: { pl: 'Politechnika Druga', en: null },
    schac: 'druga.example',
    gradeTypes: {
      'EGZ-STD': {
        name: { pl: 'Egzamin', en: 'Egzamin' },
        values: [
          value('5!', true, 1, 'celujący', 'celujący'),
          value('5', true, 2, 'bardzo dobry', 'bardzo dobry'),
          value('4.5', true, 3, 'ponad dobry', 'better than good'),
          value('3', true, 4, 'dostateczny', 'satisfactory'),
          value('2', false, 5, 'niedostateczny', 'fail'),
        ],
      },
      PROC: {
        name: { pl: 'Procenty', en: 'Per cent' },
        values: [value('100%', true, 1, 'komplet', 'all'), value('0%', false, 2, 'nic', 'nothing')],
      },
    },
    grades: {
      excellent: ['EGZ-STD', '5!'],
      good: ['EGZ-STD', '4.5'],
      sufficient: ['EGZ-STD', '3'],
      pass: ['PROC', '100%'],
      fail: ['EGZ-STD', '2'],
    },
    languages: { en: 'en', pl: 'pl' },
    refusal: 'no-verifier',
  },
}
