import { goldenElmo } from '../../test/golden.js'
import { creditSum, creditSums } from './credit-sum.js'
import type { Credit, LearningOpportunitySpecification, Report, ResultOfRecognition } from '../model.js'

const ects = (value?: string, scheme = 'ects'): Credit => (value === undefined ? { scheme } : { scheme, value })

const los = (credit: Credit[], parts: LearningOpportunitySpecification[] = []): LearningOpportunitySpecification => ({
  title: [{ value: 'Course' }],
  instance: { credit },
  parts,
})

const reportOf = (...results: LearningOpportunitySpecification[]): Report => ({
  issuer: { identifier: [], title: [], url: '' },
  issueDate: '2026-03-02T09:30:00Z',
  learningOpportunitySpecification: results,
})

describe('creditSum', () => {
  it('counts a course once when its modules state credits too', () => {
    expect(creditSum(goldenElmo('modules'))).toEqual({ ects: '15', certain: '15', counted: 1 })
  })

  it('goes below a result without ECTS, on each path by itself', () => {
    const tree = los([], [los([ects('10')], [los([ects('10')])]), los([ects()], [los([ects('5')])])])
    expect(creditSum(reportOf(tree))).toEqual({ ects: '15', counted: 2 })
  })

  it('keeps apart "0", a scheme without a value and no credits', () => {
    expect(creditSum(goldenElmo('credits'))).toEqual({ ects: '7.5', certain: '0', counted: 2 })
    expect(creditSum(reportOf(los([ects('0')])))).toEqual({ ects: '0', counted: 1 })
    expect(creditSum(reportOf(los([ects()])))).toEqual({ ects: undefined, counted: 0 })
    expect(creditSum(goldenElmo('missing-code'))).toEqual({ ects: undefined, counted: 0 })
  })

  it('adds without rounding', () => {
    expect(creditSum(reportOf(los([ects('0.1')]), los([ects('0.2')]))).ects).toBe('0.3')
    expect(creditSum(reportOf(los([ects('7.50')]), los([ects('.5')]), los([ects('2.')]))).ects).toBe('10')
    expect(creditSum(reportOf(los([ects('-1.25')]), los([ects('1')]))).ects).toBe('-0.25')
    expect(creditSum(reportOf(los([ects('9007199254740993')]), los([ects('0.5')]))).ects).toBe('9007199254740993.5')
  })

  it('takes ECTS in capitals and a decimal comma, and no other scheme', () => {
    expect(creditSum(reportOf(los([ects('40', 'national'), ects(' 7,5 ', 'ECTS')]))).ects).toBe('7.5')
    expect(creditSum(reportOf(los([ects('40', 'national')]))).ects).toBeUndefined()
  })

  it('takes a value that is no number as not stated', () => {
    for (const value of ['', '.', '1e3', 'seven']) expect(creditSum(reportOf(los([ects(value)]))).counted).toBe(0)
  })

  it('takes more than 64 digits, which would cost time, as not stated', () => {
    const ones = (count: number): string => `0.${'1'.repeat(count - 1)}`
    expect(creditSum(reportOf(los([ects(ones(64))]), los([ects('1')]))).ects).toBe(`1.${'1'.repeat(63)}`)
    for (const value of [ones(65), '9'.repeat(65), ones(1_000_000)])
      expect(creditSum(reportOf(los([ects(value)]), los([ects('1')])))).toMatchObject({ ects: '1', counted: 1 })
  })

  it('takes the first ECTS value that is a number', () => {
    expect(creditSum(reportOf(los([ects('abc'), ects(''), ects('5'), ects('7')]))).ects).toBe('5')
  })

  it('gives no credits for what failed or is in progress, but does for its passed parts', () => {
    const part = los([ects('5')])
    part.instance.status = 'passed'
    const degree = los([ects('180')], [part, los([ects('7')], [los([ects('7')])])])
    degree.instance.status = 'in-progress'
    const failed = los([ects('7.5')])
    failed.instance.status = 'failed'
    expect(creditSum(reportOf(degree, failed))).toEqual({ ects: '5', certain: '5', counted: 1 })
  })
})

const course = (code: string, value: string | undefined, parts: LearningOpportunitySpecification[] = []) => ({
  ...los(value === undefined ? [] : [ects(value)], parts),
  type: 'Course',
  identifier: [{ type: 'local', value: code }],
})
const degree = (value: string | undefined, parts: LearningOpportunitySpecification[]) => ({
  ...los(value === undefined ? [] : [ects(value)], parts),
  type: 'Degree Programme',
})
const graded = (result: LearningOpportunitySpecification, resultLabel: string, date = '2026-01-31') => ({
  ...result,
  instance: { ...result.instance, resultLabel, date },
})
const totals = (...results: LearningOpportunitySpecification[]): unknown => {
  const { frontier, course: courses, differ } = creditSums(reportOf(...results))
  return [frontier.ects, courses.ects, differ]
}

describe('creditSums', () => {
  it('says when a degree states other credits than its courses add up to', () => {
    const courses = [course('A', '7.5'), course('B', '7.5')]
    expect(totals(degree('15', courses))).toEqual(['15', '15', false])
    expect(totals(degree('180', courses))).toEqual(['180', '15', true])
  })

  it('ignores what stands above and below a counted course', () => {
    const nested = course('A', '10', [
      { ...los([ects('6')]), type: 'Class' },
      { ...los([ects('4')]), type: 'Class' },
    ])
    expect(totals(nested)).toEqual(['10', '10', false])
    expect(totals(course('OUTER', '20', [course('INNER', '10')]))).toEqual(['20', '20', false])
    expect(totals(course('OUTER', '0', [course('INNER', '10'), course('OTHER', '5')]))).toEqual(['15', '15', false])
  })

  it('counts a course once that stands below its degree and again by itself, in either order', () => {
    const shown = graded(course('A', '7.5'), 'G')
    const whole = degree('30', [course('A', '7.5'), course('B', '22.5')])
    expect(totals(whole, shown)).toEqual(['30', '30', false])
    expect(totals(shown, whole)).toEqual(['30', '30', false])
  })

  it('counts a whole by its parts when one of them was counted elsewhere', () => {
    const module = { ...los([ects('30')], [graded(course('A', '7.5'), 'G'), course('C', '5')]), type: 'Module' }
    expect(totals(degree('30', [course('A', '7.5'), course('B', '22.5')]), module)).toEqual(['35', '35', false])
  })

  it('counts the same code again when date, grade or credits differ, but not as certain', () => {
    const first = graded(course('A', '5'), 'C', '2024-01-31')
    const second = graded(course('A', '5'), 'B', '2026-01-31')
    expect(creditSum(reportOf(first, second))).toEqual({ ects: '10', certain: '5', counted: 2 })
    expect(creditSum(reportOf(graded(course('A', '5'), 'C'), graded(course('A', '7'), 'C'))).certain).toBe('5')
  })

  it('takes two courses of one code for two where their titles differ in a language that both have', () => {
    const titled = (title: string, lang?: string) => ({
      ...graded(course('A', '5'), 'C'),
      title: [{ lang, value: title }],
    })
    expect(creditSum(reportOf(titled('Maths'), titled('Physics')))).toEqual({ ects: '10', certain: '5', counted: 2 })
    const parts = [titled('Maths 1'), titled('Maths 2')]
    expect(creditSum(reportOf({ ...course('A', undefined, parts), title: [{ value: 'Maths' }] })).ects).toBe('10')
    for (const other of [titled('maths '), titled('', 'en'), titled('Mathematik', 'sv')])
      expect(creditSum(reportOf(titled('Maths', other.title[0]!.lang && 'en'), other)).ects).toBe('5')
  })

  it('does not doubt a course that was passed after a failed attempt', () => {
    const failed = graded(course('A', '5'), 'F', '2024-01-31')
    failed.instance.status = 'failed'
    expect(creditSum(reportOf(failed, graded(course('A', '5'), 'B')))).toEqual({ ects: '5', certain: '5', counted: 1 })
  })

  const attempt = (status: string, term?: 'autumn' | 'spring', more = {}): LearningOpportunitySpecification => {
    const academicTerm = {
      title: [{ value: term ?? '' }],
      ...(term === 'spring' ? { start: '2026-01-01', end: '2026-06-30' } : { start: '2025-08-01', end: '2025-12-31' }),
    }
    const one = course('A', '5')
    return { ...one, instance: { ...one.instance, status, ...(term && { academicTerm }), ...more } }
  }

  it('lets no attempt that failed or goes on swallow the one that was passed, in either order', () => {
    const once = { ects: '5', certain: '5', counted: 1 }
    for (const other of [
      attempt('failed', 'autumn'),
      attempt('failed'),
      attempt('in-progress', 'autumn'),
      attempt('failed', undefined, { date: '2025-12-20' }),
    ]) {
      expect(creditSum(reportOf(other, attempt('passed', 'spring')))).toEqual(once)
      expect(creditSum(reportOf(attempt('passed', 'spring'), other))).toEqual(once)
    }
  })

  it('takes a course below its degree for the attempt that was passed, wherever a failed one stands', () => {
    const whole = degree('180', [course('A', '5'), course('B', '175')])
    const [failed, passed] = [graded(attempt('failed'), 'F', '2025-01-20'), graded(attempt('passed'), 'B')]
    for (const results of [
      [whole, failed, passed],
      [whole, passed, failed],
      [failed, whole, passed],
      [failed, passed, whole],
    ])
      expect(totals(...results)).toEqual(['180', '180', false])
  })

  it('counts nothing of a course without a result of its own that is shown again as failed', () => {
    const open = course('A', '5', [{ ...los([]), type: 'Class' }])
    open.instance.date = '2025-12-20'
    expect(creditSum(reportOf(open, attempt('failed'))).ects).toBeUndefined()
    expect(creditSum(reportOf(attempt('failed'), open)).ects).toBeUndefined()
  })

  it('counts what was passed in two terms twice, the second in doubt, and what is shown twice once', () => {
    const twice = reportOf(attempt('passed', 'autumn'), attempt('passed', 'spring'))
    expect(creditSum(twice)).toEqual({ ects: '10', certain: '5', counted: 2 })
    expect(creditSum(reportOf(attempt('passed', 'spring'), attempt('passed', 'spring'))).ects).toBe('5')
    expect(creditSum(reportOf(attempt('passed', 'spring'), attempt('passed'))).ects).toBe('5')
    const planned = { ...attempt('', 'autumn') }
    expect(creditSum(reportOf(degree('180', [planned]), attempt('passed', 'spring'))).ects).toBe('180')
  })

  it('doubts the later of two passed attempts, whatever states its outcome and wherever they stand', () => {
    const silent = { ...course('A', '7'), instance: { credit: [ects('7')], date: '2024-01-31' } }
    const whole = degree('180', [silent])
    expect(creditSum(reportOf(whole, graded(course('A', '5'), 'B')))).toMatchObject({ ects: '185', certain: undefined })
    whole.instance.status = 'passed'
    expect(creditSum(reportOf(whole, graded(course('A', '5'), 'B')))).toMatchObject({ ects: '185', certain: '180' })
    const earlier = graded(course('A', '5'), 'B', '2023-01-31')
    expect(creditSum(reportOf(whole, earlier))).toMatchObject({ ects: '185', certain: '185' })
    expect(creditSum(reportOf(earlier, graded(course('A', '7'), 'C')))).toMatchObject({ ects: '12', certain: '5' })
    expect(creditSum(reportOf(graded(course('A', '7'), 'C'), earlier))).toMatchObject({ ects: '12', certain: '5' })
  })

  it('does not take the codes of classes, of other institutions or made-up codes for the same', () => {
    const named = (code: string) => ({ ...graded(course(code, '5'), 'G'), type: 'Class' })
    expect(creditSum(reportOf(named('TEOR'), named('TEOR'))).certain).toBe('10')
    const here = reportOf(graded(course('A', '5'), 'G'))
    const there = { ...here, issuer: { ...here.issuer, url: 'https://other.example/' } }
    const elmo = { generatedDate: '', learner: { givenNames: '', familyName: '' }, reports: [here, there] }
    expect(creditSum(elmo).ects).toBe('10')
    expect(creditSum({ ...elmo, reports: [here, here] }).ects).toBe('5')
    const nameless = { ...graded(course('', '5'), 'G') }
    expect(creditSum(reportOf(nameless, nameless)).ects).toBe('10')
  })

  it('counts a whole that states "0" by its parts, and keeps a passed "0"', () => {
    expect(totals(degree('0', [course('A', '5'), course('B', '0')]))).toEqual(['5', '5', false])
    expect(totals(degree('0', [course('B', '0')]))).toEqual(['0', '0', false])
  })

  it('takes the average grade of a degree for no credits', () => {
    expect(totals(degree('2.3', []))).toEqual([undefined, undefined, false])
    expect(totals(degree('6', [course('A', '30')]))).toEqual(['30', '30', false])
    expect(totals(degree('6.5', []))).toEqual(['6.5', '6.5', false])
    expect(totals(course('A', '3.5'))).toEqual(['3.5', '3.5', false])
  })

  it('lets a course that goes on count nothing for recognition, though its passed parts count in the frontier', () => {
    const part = graded({ ...los([ects('4')]), type: 'Class' }, 'G')
    const open = course('A', '7.5', [part])
    open.instance.status = 'in-progress'
    expect(totals(open)).toEqual(['4', undefined, true])
  })

  it('is not certain of numbers that cannot be', () => {
    expect(creditSum(reportOf(graded(course('A', '-5'), 'B'), graded(course('B', '401'), 'B')))).toEqual({
      ects: '396',
      certain: undefined,
      counted: 2,
    })
  })

  it('leaves out what a known failing grade denies, and doubts what was only registered for', () => {
    const report = reportOf(graded(course('A', '5'), '00'), graded(course('B', '5'), '02'), course('C', '10'))
    report.issuer.country = 'DK'
    expect(creditSum(report)).toEqual({ ects: '15', certain: '5', counted: 2 })
  })

  it('stays quick where a document repeats one code in many achievements', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => graded(course('A', '1'), `${index}`))
    expect(creditSum(reportOf(...many)).counted).toBe(20_000)
  })
})

describe('creditSums of recognition decisions', () => {
  const decision = (status: string, mapped: string[] = []): ResultOfRecognition => ({
    status,
    recognitionBasis: [{ ...reportOf(graded(course('FOREIGN', '30'), 'A')) }],
    recognitionResult: [graded(course('HOME-1', '10'), 'G'), graded(course('HOME-2', '5'), 'G')],
    recognitionMapping: [{ fromMapping: [['FOREIGN']], toMapping: [mapped] }],
  })
  const home = { type: 'schac', value: 'home.example' }
  const reportWith = (...resultOfRecognition: ResultOfRecognition[]): Report => {
    const report = reportOf(graded(course('OWN', '7'), 'G'))
    return { ...report, issuer: { ...report.issuer, identifier: [home] }, resultOfRecognition }
  }

  it('never count the basis, and count the results only where they were recognised', () => {
    const report = reportWith(decision('Positive'))
    expect(creditSums(report)).toMatchObject({
      frontier: { ects: '7' },
      course: { ects: '7' },
      recognised: { ects: '15' },
    })
    expect(creditSums(report, { home: { type: 'SCHAC', value: 'Home.example' } })).toMatchObject({
      frontier: { ects: '22' },
      course: { ects: '22' },
    })
    expect(creditSums(report, { home: { type: 'schac', value: 'other.example' } }).frontier.ects).toBe('7')
  })

  it('count what is mapped of a partially positive decision, and nothing of a negative one', () => {
    expect(creditSums(reportWith(decision('Partially Positive', ['HOME-2']))).recognised.ects).toBe('5')
    expect(creditSums(reportWith(decision('Partially Positive'))).recognised.ects).toBeUndefined()
    expect(creditSums(reportWith(decision('Negative', ['HOME-1']))).recognised.ects).toBeUndefined()
  })

  it('do not count a result again that the report lists itself', () => {
    const report = reportWith({ ...decision('Positive'), recognitionResult: [graded(course('OWN', '7'), 'G')] })
    expect(creditSums(report, { home }).frontier.ects).toBe('7')
  })
})
