import type { Elmo, LearningOpportunityInstance, LearningOpportunitySpecification } from '../model.js'
import { validateElmo } from '../document/validate-elmo.js'
import { completenessMarker } from '../meaning/completeness-marker.js'
import { completenessOf } from '../meaning/completeness.js'
import type { Release } from '../grammar/releases.js'
import { convertElmo } from './convert-elmo.js'
import { generatedIdentifierType } from './generated-identifier.js'

const course = (title: string, instance: LearningOpportunityInstance = {}): LearningOpportunitySpecification => ({
  identifier: [{ type: 'local', value: title }],
  title: [{ value: title }],
  type: 'Course',
  instance,
})

const issuer = {
  identifier: [{ type: 'schac', value: 'uni.example' }],
  title: [{ value: 'Example University' }],
  url: 'https://uni.example/',
}

const documentWith = (
  results: LearningOpportunitySpecification[],
  learner: Partial<Elmo['learner']> = {},
  rest: Partial<Elmo> = {},
): Elmo => ({
  generatedDate: '2026-03-02T09:30:00Z',
  learner: { givenNames: 'Ane', familyName: 'Vik', ...learner },
  reports: [{ issuer, learningOpportunitySpecification: results, issueDate: '2026-03-02T09:30:00Z' }],
  ...rest,
})

const titles = (list: readonly LearningOpportunitySpecification[] = []): unknown[] =>
  list.map(({ title, parts }) => (parts === undefined ? title[0]?.value : [title[0]?.value, titles(parts)]))

const convert = (elmo: Elmo, release: Release) => {
  const { elmo: converted, losses } = convertElmo(elmo, release)
  expect(validateElmo(converted, release)).toEqual([])
  const [report] = converted.reports
  return {
    learner: converted.learner,
    results: report?.learningOpportunitySpecification ?? [],
    converted,
    lines: losses.map(({ code, path, kept }) => `${code} ${path}${kept === undefined ? '' : ` -> ${kept}`}`),
  }
}

describe('convertElmo', () => {
  it('gives ELMO 2.1 the date of birth under both names, and an empty alternative name', () => {
    const { learner, lines } = convert(documentWith([], { bday: '1999-02-28' }), '2.1.1')
    expect(learner).toEqual({
      givenNames: 'Ane',
      familyName: 'Vik',
      bday: '1999-02-28',
      dateOfBirth: '1999-02-28',
      alternativeName: { value: '' },
    })
    expect(lines).toEqual([
      'BIRTH_DATE_REPEATED /learner/dateOfBirth',
      'ALTERNATIVE_NAME_EMPTY /learner/alternativeName',
    ])
  })

  it('gives ELMO 1.x and 2.0.0 the date of birth under the only name they know; dateOfBirth counts', () => {
    const both = documentWith([], { bday: '1999-02-28', dateOfBirth: '1999-02-27' })
    const old = convert(both, '1.7.0')
    expect(old.learner).toEqual({ givenNames: 'Ane', familyName: 'Vik', bday: '1999-02-27' })
    expect(old.lines).toEqual([
      'BIRTH_DATES_DIFFER /learner/bday',
      'BIRTH_DATE_MOVED /learner/dateOfBirth -> /learner/bday',
    ])
    const young = convert(both, '2.0.0')
    expect(young.learner.dateOfBirth).toBe('1999-02-27')
    expect(young.lines[0]).toBe('BIRTH_DATES_DIFFER /learner/bday')
  })

  it('says how a country is written in ELMO 2.1, and finds the code again for 1.x', () => {
    const there = convert(documentWith([], { citizenship: 'GR' }), '2.1.1')
    expect(there.learner).toMatchObject({ citizenship: 'GR', citizenshipType: 'ISO' })
    expect(there.lines).toContain('COUNTRY_TYPE_ADDED /learner/citizenshipType')

    const authority = 'http://publications.europa.eu/resource/authority/country/'
    for (const [citizenship, code] of Object.entries({
      [`${authority}GRC`]: 'GR',
      [`${authority}GBR`]: 'GB',
      EL: 'GR',
      no: 'NO',
      SWE: 'SE',
    })) {
      const { learner, lines } = convert(documentWith([], { citizenship, citizenshipType: 'URI' }), '1.7.0')
      expect(learner).toEqual({ givenNames: 'Ane', familyName: 'Vik', citizenship: code })
      expect(lines).toEqual(['COUNTRY_TYPE_IMPLIED /learner/citizenshipType', 'COUNTRY_REWRITTEN /learner/citizenship'])
    }
  })

  it('leaves out a country that ELMO 1.x cannot name, and says so', () => {
    for (const citizenship of ['TW', `http://publications.europa.eu/resource/authority/country/XKX`, 'Atlantis']) {
      const { learner, lines } = convert(documentWith([], { citizenship }), '1.7.0')
      expect(learner).toEqual({ givenNames: 'Ane', familyName: 'Vik' })
      expect(lines).toEqual(['COUNTRY_NOT_EXPRESSIBLE /learner/citizenship'])
    }
  })

  it('generates an identifier that ELMO 2 demands, marks it, and takes it away again', () => {
    const elmo = documentWith([{ title: [{ value: 'Nameless' }], instance: {}, parts: [course('Named')] }])
    const place = '/reports/0/learningOpportunitySpecification/0'
    const there = convert(elmo, '2.1.1')
    expect(there.results[0]?.identifier).toEqual([{ type: generatedIdentifierType, value: place }])
    expect(there.lines).toContain(`IDENTIFIER_GENERATED ${place}/identifier`)
    const back = convert(there.converted, '1.7.0')
    expect(back.lines).toContain(`IDENTIFIER_UNGENERATED ${place}/identifier`)
    expect(back.converted).toEqual(elmo)
  })

  it('only says that an identifier is missing when the caller wants none generated', () => {
    const elmo = documentWith([{ title: [{ value: 'Nameless' }], instance: {} }])
    const { elmo: converted, losses } = convertElmo(elmo, '2.1.1', { missingIdentifiers: 'report' })
    expect(converted.reports[0]?.learningOpportunitySpecification?.[0]?.identifier).toBeUndefined()
    expect(losses.map(({ code, what }) => [code, what])).toContainEqual(['IDENTIFIER_MISSING', 'missing'])
  })

  it('lets no failed or unfinished result pass for a passed one in ELMO 1.0 and 1.1', () => {
    const programme: LearningOpportunitySpecification = {
      ...course('Unfinished', { status: 'in-progress', credit: [{ scheme: 'ects', value: '180' }] }),
      parts: [
        course('Passed', { status: 'passed' }),
        course('Failed', { status: 'failed' }),
        {
          ...course('Also unfinished', { status: 'in-progress' }),
          parts: [course('Silent'), course('Graded', { resultLabel: 'B' })],
        },
      ],
    }
    const elmo = documentWith([course('First'), programme, course('Last'), course('Odd', { status: 'withdrawn' })])
    const place = '/reports/0/learningOpportunitySpecification'
    const old = convert(elmo, '1.1.0')
    expect(titles(old.results)).toEqual(['First', 'Passed', 'Graded', 'Last'])
    expect(old.lines.filter((line) => !line.startsWith('NOT_IN_RELEASE'))).toEqual([
      'SIGNATURE_REQUIRED /signature',
      `NOT_PASSED_LEFT_OUT ${place}/1`,
      `NOT_PASSED_LEFT_OUT ${place}/1/parts/1`,
      `NOT_PASSED_LEFT_OUT ${place}/1/parts/2`,
      `NOT_PASSED_LEFT_OUT ${place}/1/parts/2/parts/0`,
      `NOT_PASSED_LEFT_OUT ${place}/3`,
      `PART_MOVED_UP ${place}/1/parts/0 -> ${place}/1`,
      `PART_MOVED_UP ${place}/1/parts/2/parts/1 -> ${place}/2`,
    ])
    expect(convertElmo(elmo, '1.2.0').elmo.reports).toEqual(elmo.reports)
  })

  it('lets no enrolment or admission pass for a passed result where the release has no word for it', () => {
    const enrolment = {
      enrolmentInstitution: issuer,
      enrolmentDate: '2026-01-10',
      academicYear: { start: '2025-08-01', end: '2026-07-31' },
    }
    const elmo = documentWith([
      { ...course('Enrolled', { enrolment }), parts: [course('Passed', { status: 'passed' })] },
      { ...course('Admitted'), documentType: 'Admission' },
      { ...course('Certified'), documentType: 'Certificate' },
      { ...course('Ended', { enrolment, status: 'failed' }), documentType: 'Enrolment' },
    ])
    const place = '/reports/0/learningOpportunitySpecification'
    for (const release of ['1.2.0', '1.7.0', '2.0.0'] as const) {
      const { results, lines } = convert(elmo, release)
      expect(results.map(({ instance }) => instance.status)).toEqual([
        'in-progress',
        'in-progress',
        undefined,
        'failed',
      ])
      expect(lines.filter((line) => line.startsWith('IN_PROGRESS_ADDED'))).toEqual([
        `IN_PROGRESS_ADDED ${place}/0/instance/status`,
        `IN_PROGRESS_ADDED ${place}/1/instance/status`,
      ])
    }
    expect(convertElmo(elmo, '2.1.1').elmo.reports[0]?.learningOpportunitySpecification?.[0]?.instance).toEqual({
      enrolment: { ...enrolment, enrolmentInstitution: issuer },
    })
    expect(titles(convert(elmo, '1.0.0').results)).toEqual(['Passed', 'Certified'])
  })

  it.each(['Passed', 'PASSED', ' passed ', ''])('takes the status "%s" as passed, as readers do', (status) => {
    expect(titles(convert(documentWith([course('A', { status })]), '1.0.0').results)).toEqual(['A'])
  })

  it('turns the level of credits into the EQF level where ELMO 2 has no other place, and back for 1.0', () => {
    const master = documentWith([course('M', { credit: [{ scheme: 'ects', level: 'Master', value: '5' }] })])
    const place = '/reports/0/learningOpportunitySpecification/0/instance'
    const there = convert(master, '2.0.0')
    expect(there.results[0]?.instance).toEqual({
      credit: [{ scheme: 'ects', value: '5' }],
      level: [{ type: 'EQF', value: '7' }],
    })
    expect(there.lines).toContain(`CREDIT_LEVEL_MOVED ${place}/credit/0/level -> ${place}/level/0`)
    const back = convert(there.converted, '1.1.0')
    expect(back.results[0]?.instance).toEqual({ credit: [{ scheme: 'ects', level: 'Master', value: '5' }] })
  })

  it('keeps an EQF level that contradicts the level of the credits, and drops the latter by name', () => {
    const instance = {
      credit: [{ scheme: 'ects', level: 'PhD', value: '5' }],
      level: [{ type: 'EQF', value: '7' }],
    }
    const { results, lines } = convert(documentWith([course('M', instance)]), '2.0.0')
    expect(results[0]?.instance.level).toEqual([{ type: 'EQF', value: '7' }])
    expect(lines).toContain('NOT_IN_RELEASE /reports/0/learningOpportunitySpecification/0/instance/credit/0/level')
  })

  it('calls an attachment type that a release does not know Other, or omits it where there is no Other', () => {
    const content = [{ value: 'data:text/plain;base64,VGVzdA==' }]
    const types = ['Certificate of Enrolment', 'Diploma', 'EMREX Transcript', 'Learning Agreement']
    const elmo = documentWith([], {}, { attachments: types.map((type) => ({ type, content })) })
    const typesIn = (release: Release) => convert(elmo, release).converted.attachments?.map(({ type }) => type)
    expect(typesIn('2.1.1')).toEqual(['Certificate of Enrolment', 'Diploma', 'EMREX transcript', 'Learning Agreement'])
    expect(typesIn('1.7.0')).toEqual(['Other', 'Diploma', 'EMREX transcript', 'Learning Agreement'])
    expect(typesIn('1.5.0')).toEqual(['Other', 'Other', 'EMREX transcript', 'Learning Agreement'])
    expect(typesIn('1.0.0')).toEqual([undefined, undefined, undefined, 'Learning Agreement'])
    expect(convert(elmo, '1.0.0').lines).toEqual([
      'SIGNATURE_REQUIRED /signature',
      'ATTACHMENT_TYPE_OMITTED /attachments/0/type',
      'ATTACHMENT_TYPE_OMITTED /attachments/1/type',
      'ATTACHMENT_TYPE_OMITTED /attachments/2/type',
    ])
  })

  it('fits what 1.0 to 1.6 count otherwise: descriptions, titles of groups, contents, groupings', () => {
    const two = [{ lang: 'en', value: 'one' }, { value: 'two' }]
    const group = { title: two, group: [{ title: two }] }
    const elmo = documentWith([{ ...course('C'), description: two }], {}, { attachments: [{}], groups: [group] })
    const first = convert(elmo, '1.0.0')
    expect(first.results[0]?.description).toEqual([two[0]])
    expect(first.converted.attachments).toEqual([{ content: [{ value: '' }] }])
    expect(first.lines).toEqual([
      'SIGNATURE_REQUIRED /signature',
      'TOO_MANY /reports/0/learningOpportunitySpecification/0/description/1',
      'CONTENT_EMPTY /attachments/0/content',
      'NOT_IN_RELEASE /groups',
    ])
    const third = convert(elmo, '1.3.0')
    expect(third.results[0]?.instance.grouping).toEqual({})
    expect(third.converted.groups).toEqual([{ title: [two[0]], group: [{ title: [two[0]] }] }])
  })

  it('keeps no signature, and says where the target wants one', () => {
    const signed = documentWith([], {}, { signature: '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>' })
    expect(convertElmo(signed, '1.7.0')).toMatchObject({
      elmo: documentWith([]),
      losses: [{ code: 'SIGNATURE_LOST', what: 'dropped', path: '/signature' }],
    })
    expect(convertElmo(signed, '1.4.0').losses.map(({ code }) => code)).toEqual([
      'SIGNATURE_LOST',
      'SIGNATURE_REQUIRED',
    ])
  })

  it('names a property that no release knows', () => {
    const odd = { ...documentWith([]), colour: 'blue' } as Elmo
    expect(convertElmo(odd, '1.7.0').losses).toEqual([{ code: 'UNKNOWN_PROPERTY', what: 'dropped', path: '/colour' }])
  })

  it('does not copy or even read a long content', () => {
    const content = Object.defineProperty({} as { value: string }, 'value', {
      enumerable: true,
      get: () => {
        throw new Error('read')
      },
    })
    const elmo = documentWith([], {}, { attachments: [{ content: [content] }] })
    expect(convertElmo(elmo, '2.1.1').elmo.attachments?.[0]?.content?.[0]).toBe(content)
  })

  it('refuses what has not the shape of its type, or has no end', () => {
    const code = (elmo: unknown, release: Release = '1.7.0') => {
      try {
        convertElmo(elmo as Elmo, release)
      } catch (error) {
        return (error as { code?: string }).code
      }
      return undefined
    }
    expect(code(null)).toBe('ELMO_INVALID')
    expect(code({ ...documentWith([]), reports: 'one' })).toBe('ELMO_INVALID')
    expect(code({ ...documentWith([]), learner: [] })).toBe('ELMO_INVALID')
    const endless = course('Endless')
    endless.parts = [endless]
    expect(code(documentWith([endless]))).toBe('ELMO_TOO_DEEP')
    endless.instance.status = 'failed'
    expect(code(documentWith([endless]), '1.1.0')).toBe('ELMO_TOO_DEEP')
    expect(code(documentWith([null as never]), '1.1.0')).toBe('ELMO_INVALID')
  })

  it('refuses a wrong shape wherever it stands, in every release', () => {
    const one = course('One')
    const wrong: Record<string, unknown> = {
      'instance/credit/0': documentWith([{ ...one, instance: { credit: [null] } } as never]),
      'instance/level': documentWith([{ ...one, instance: { level: 6 } } as never]),
      'instance/status': documentWith([{ ...one, instance: { status: 5 } } as never]),
      'parts/0/identifier/0': documentWith([{ ...one, parts: [{ ...one, identifier: [null] }] } as never]),
      'attachments/0/type': documentWith([], {}, { attachments: [{ type: 5 } as never] }),
      'extension/0': documentWith([], {}, { extension: [5 as never] }),
    }
    for (const [end, elmo] of Object.entries(wrong)) {
      for (const release of ['1.0.0', '1.7.0', '2.1.1'] as const) {
        let caught: unknown
        try {
          convertElmo(elmo as Elmo, release)
        } catch (error) {
          caught = error
        }
        const path = expect.stringMatching(`/${end}$`) as string
        expect(caught).toMatchObject({ code: 'ELMO_INVALID', details: { path } })
      }
    }
  })
})

describe('convertElmo and the completeness of reports', () => {
  const report = (name: string, status?: { code: string; message?: { value: string }[] }) => ({
    issuer: { ...issuer, identifier: [{ type: 'schac', value: name }] },
    issueDate: '2026-03-02T09:30:00Z',
    ...(status === undefined ? {} : { status }),
  })
  const extension = ['<x:a xmlns:x="urn:example:x"/>']
  const reports = [
    report('one.example', { code: 'SELECTION' }),
    report('two.example'),
    report('three.example', { code: 'FULL', message: [{ value: 'All of it' }] }),
    report('four.example', { code: 'ERROR_TEMPORARY' }),
  ]
  const elmo: Elmo = { ...documentWith([]), reports, extension }

  it('says by a marker in 1.1 to 2.0 what a status says in 2.1, and back', () => {
    const there = convert(elmo, '1.7.0')
    expect(completenessOf(there.converted).map(({ extent }) => extent)).toEqual([
      'selection',
      'unknown',
      'complete',
      'unknown',
    ])
    expect(there.lines).toEqual([
      'STATUS_AS_MARKER /reports/0/status/code -> /extension/1',
      'STATUS_AS_MARKER /reports/2/status/code -> /extension/1',
      'NOT_IN_RELEASE /reports/2/status',
      'NOT_IN_RELEASE /reports/3/status',
    ])
    const back = convert(there.converted, '2.1.1')
    expect(back.converted.reports.map(({ status }) => status)).toEqual([
      { code: 'SELECTION' },
      undefined,
      { code: 'FULL' },
      undefined,
    ])
    expect(back.converted.extension).toEqual(extension)
    expect(back.lines.slice(0, 2)).toEqual([
      'MARKER_AS_STATUS /extension/1 -> /reports/0/status',
      'MARKER_AS_STATUS /extension/1 -> /reports/2/status',
    ])
  })

  it('lets no marker promise more than the status that goes', () => {
    const marker = completenessMarker([
      ...elmo.reports.map(({ issuer: held }) => ({ issuer: held, extent: 'complete' as const })),
    ])
    const { converted, lines } = convert({ ...elmo, extension: [...extension, marker] }, '1.7.0')
    expect(completenessOf(converted).map(({ extent }) => extent)).toEqual([
      'selection',
      'complete',
      'complete',
      'unknown',
    ])
    expect(converted.extension?.[0]).toBe(extension[0])
    expect(lines).toEqual([
      'STATUS_AS_MARKER /reports/0/status/code -> /extension/1',
      'STATUS_AS_MARKER /reports/2/status/code -> /extension/1',
      'MARKER_CORRECTED /extension/1',
      'NOT_IN_RELEASE /reports/2/status',
      'NOT_IN_RELEASE /reports/3/status',
    ])
  })

  it('keeps a marker that promises no more than the status', () => {
    const [first] = elmo.reports
    const marker = completenessMarker([{ issuer: first!.issuer, extent: 'selection' }])
    const full = { ...elmo, reports: [report('one.example', { code: 'FULL' })], extension: [marker] }
    const { converted, lines } = convert(full, '1.7.0')
    expect(converted.extension).toEqual([marker])
    expect(lines).toEqual(['NOT_IN_RELEASE /reports/0/status'])
  })

  it('drops a status for 1.0, which allows no marker', () => {
    expect(convert(elmo, '1.0.0').lines).toContain('NOT_IN_RELEASE /reports/0/status')
  })
})
