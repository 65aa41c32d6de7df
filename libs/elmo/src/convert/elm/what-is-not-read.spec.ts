import { fromElm } from './from-elm.js'

const courseConcept = { id: 'http://data.europa.eu/snb/learning-opportunity/05053c1cbe', type: 'Concept' }
const moduleConcept = { id: 'http://data.europa.eu/snb/learning-opportunity/0f7dac46ca', type: 'Concept' }
const male = { id: 'http://publications.europa.eu/resource/authority/human-sex/MALE', type: 'Concept' }
const female = { id: 'http://publications.europa.eu/resource/authority/human-sex/FEMALE', type: 'Concept' }

const credential = (person: object, claims: unknown = []) => ({
  type: 'EuropeanDigitalCredential',
  issuer: { type: 'Organisation', legalName: { en: 'U' } },
  issued: '2026-01-31T09:00:00Z',
  credentialSubject: { type: 'Person', givenName: 'Ane', familyName: 'Vik', ...person, hasClaim: claims },
})

const dropped = ({ losses }: ReturnType<typeof fromElm>) =>
  losses.filter(({ what }) => what === 'dropped' || what === 'changed').map(({ code, path }) => `${code} ${path}`)

describe('what fromElm has no place for', () => {
  it('adds what a further credential knows of the learner, and names what contradicts the first', () => {
    const identifier = { type: 'Identifier', schemeName: 'esi', notation: 'urn:schac:x' }
    const first = credential({ identifier, gender: female })
    const second = credential({
      identifier: [identifier, { type: 'Identifier', schemeName: 'local', notation: '7' }],
      birthName: 'Berg',
      gender: male,
      altLabel: { en: 'Anne' },
    })
    const result = fromElm([first, second])
    expect(result.elmo.learner).toMatchObject({
      identifier: [
        { type: 'esi', value: 'urn:schac:x' },
        { type: 'local', value: '7' },
      ],
      birthName: 'Berg',
      gender: '2',
      alternativeName: { lang: 'en', value: 'Anne' },
    })
    expect(dropped(result)).toEqual(['ELM_NOT_READ /1/credentialSubject/gender'])
  })

  it('takes one day of birth for one, in whatever zone it is written, and names the other zone', () => {
    const born = (dateOfBirth: string) => credential({ dateOfBirth })
    const result = fromElm([born('1999-05-06T00:00:00'), born('1999-05-06T00:00:00Z'), born('1999-05-06')])
    expect(result.elmo.learner.dateOfBirth).toBe('1999-05-06')
    expect(dropped(result)).toEqual(['ELM_NOT_READ /1/credentialSubject/dateOfBirth'])
    expect(() => fromElm([born('1999-05-06T00:00:00'), born('1999-05-07T00:00:00')])).toThrow('different people')
  })

  it('takes the place of birth from one credential, not from two', () => {
    const country = (code: string) => ({
      type: 'Address',
      countryCode: { id: `http://publications.europa.eu/resource/authority/country/${code}` },
    })
    const result = fromElm([
      credential({ placeOfBirth: { type: 'Location', geographicName: 'Bergen' } }),
      credential({ placeOfBirth: { type: 'Location', geographicName: 'Lund', address: country('SWE') } }),
    ])
    expect(result.elmo.learner).toMatchObject({ placeOfBirth: 'Bergen' })
    expect(result.elmo.learner.countryOfBirth).toBeUndefined()
    expect(dropped(result)).toEqual(['ELM_NOT_READ /1/credentialSubject/placeOfBirth'])
  })

  it('names further languages of the alternative name', () => {
    const result = fromElm(credential({ altLabel: { en: 'Anne', ru: 'Анна' } }))
    expect(result.elmo.learner.alternativeName).toEqual({ lang: 'en', value: 'Anne' })
    expect(dropped(result)).toEqual(['ELM_NOT_READ /credentialSubject/altLabel/ru'])
  })

  it('names the country and the scheme of a national identifier', () => {
    const spatial = { id: 'http://publications.europa.eu/resource/authority/country/NLD', type: 'Concept' }
    const nationalID = { type: 'LegalIdentifier', notation: '010101', schemeName: 'BSN', spatial }
    const result = fromElm(credential({ nationalID }))
    expect(result.elmo.learner.identifier).toEqual([{ type: 'nationalIdentifier', value: '010101' }])
    expect(dropped(result)).toEqual(
      ['spatial', 'schemeName'].map((key) => `ELM_NOT_READ /credentialSubject/nationalID/${key}`),
    )
    const kept = { type: 'Identifier', schemeName: 'BSN', notation: '010101' }
    expect(dropped(fromElm(credential({ nationalID, identifier: kept })))).toEqual([
      'ELM_NOT_READ /credentialSubject/nationalID/spatial',
    ])
  })

  it('names the country of an official identifier, where it is not that of the institution', () => {
    const country = (code: string) => ({ id: `http://publications.europa.eu/resource/authority/country/${code}` })
    const location = { type: 'Location', address: { type: 'Address', countryCode: country('SWE') } }
    const namedOf = (code: string) => {
      const eidasLegalIdentifier = { type: 'LegalIdentifier', notation: '1', spatial: country(code) }
      const issuer = { type: 'Organisation', legalName: { en: 'U' }, location, eidasLegalIdentifier }
      return dropped(fromElm({ ...credential({}), issuer }))
    }
    expect(namedOf('SWE')).toEqual([])
    expect(namedOf('NOR')).toEqual(['ELM_NOT_READ /issuer/eidasLegalIdentifier/spatial'])
  })

  const award = (awardingDate: string, legalName = 'U') => ({
    type: 'AwardingProcess',
    awardingDate: `${awardingDate}T00:00:00`,
    awardingBody: { type: 'Organisation', legalName: { en: legalName } },
  })
  const exam = (title: string, awardedBy: object) => ({
    type: 'LearningAssessment',
    title: { en: title },
    grade: { type: 'Note', noteLiteral: 'B' },
    awardedBy,
  })
  const datesOf = ({ elmo }: ReturnType<typeof fromElm>) =>
    elmo.reports[0]?.learningOpportunitySpecification?.map(({ instance, parts = [] }) => [
      instance.date,
      ...parts.map((part) => part.instance.date),
    ])
  const claimed = '/credentialSubject/hasClaim'

  it('takes the date of an exam, where nothing else says when the result was achieved', () => {
    const result = fromElm(
      credential({}, [
        exam('Alone', award('2024-05-05')),
        {
          type: 'LearningAchievement',
          title: { en: 'Course' },
          provenBy: [exam('Course', award('2025-12-20')), exam('Part', award('2025-11-20'))],
        },
      ]),
    )
    expect(datesOf(result)).toEqual([['2024-05-05'], ['2025-12-20', '2025-11-20']])
    expect(dropped(result)).toEqual([])
  })

  it('names further dates, and other institutions that examined or taught', () => {
    const result = fromElm(
      credential(
        {},
        {
          type: 'LearningAchievement',
          title: { en: 'Course' },
          awardedBy: award('2026-01-15'),
          provenBy: exam('Course', award('2025-12-20', 'Exam board')),
          influencedBy: {
            type: 'LearningActivity',
            awardedBy: award('2026-01-15'),
            temporal: { startDate: '2025-09-01T00:00:00', endDate: '2025-12-01T00:00:00' },
          },
          learningOpportunity: {
            type: 'LearningOpportunity',
            providedBy: { type: 'Organisation', legalName: { en: 'School' } },
            temporal: { startDate: '2025-08-15T00:00:00' },
          },
        },
      ),
    )
    expect(datesOf(result)).toEqual([['2026-01-15']])
    expect(new Set(dropped(result))).toEqual(
      new Set(
        [
          'provenBy/awardedBy/awardingDate',
          'provenBy/awardedBy/awardingBody',
          'influencedBy/temporal/endDate',
          'learningOpportunity/providedBy',
          'learningOpportunity/temporal/startDate',
        ].map((path) => `ELM_NOT_READ ${claimed}/${path}`),
      ),
    )
  })

  it('names a second type and a second subject', () => {
    const subject = (notation: string) => ({ type: 'Concept', inScheme: 'urn:x-elmo:subject-area', notation })
    const result = fromElm(
      credential(
        {},
        {
          type: 'LearningAchievement',
          title: { en: 'Course' },
          learningOpportunity: { dcType: [courseConcept, moduleConcept] },
          specifiedBy: { dcType: courseConcept, educationSubject: [subject('06'), subject('07')] },
        },
      ),
    )
    expect(result.elmo.reports[0]?.learningOpportunitySpecification?.[0]).toMatchObject({
      type: 'Course',
      subjectArea: '06',
    })
    expect(dropped(result)).toEqual([
      'ELM_NOT_READ /credentialSubject/hasClaim/learningOpportunity/dcType/1',
      'ELM_NOT_READ /credentialSubject/hasClaim/specifiedBy/educationSubject/1',
    ])
  })

  it('keeps grading schemes of one title apart when they say different things, and names their other identifiers', () => {
    const claim = (description: string, more: object = {}) => ({
      type: 'LearningAssessment',
      title: { en: 'Exam' },
      grade: { type: 'Note', noteLiteral: '1' },
      specifiedBy: {
        type: 'LearningAssessmentSpecification',
        gradingScheme: { type: 'GradingScheme', title: { en: 'Grades' }, description: { en: description }, ...more },
      },
    })
    const national = { identifier: { type: 'Identifier', schemeName: 'nat', notation: 'N1' } }
    const result = fromElm(
      credential({}, [claim('1 is best'), claim('5 is best'), claim('1 is best'), claim('6 is best', national)]),
    )
    const [report] = result.elmo.reports
    expect(report?.gradingScheme?.map(({ localId, description }) => [localId, description?.[0]?.value])).toEqual([
      ['Grades', '1 is best'],
      ['Grades (2)', '5 is best'],
      ['Grades (3)', '6 is best'],
    ])
    expect(report?.learningOpportunitySpecification?.map(({ instance }) => instance.gradingSchemeLocalId)).toEqual([
      'Grades',
      'Grades (2)',
      'Grades',
      'Grades (3)',
    ])
    const scheme = (index: number) => `/credentialSubject/hasClaim/${index}/specifiedBy/gradingScheme`
    expect(dropped(result)).toEqual([
      `VALUE_REWRITTEN ${scheme(1)}/title`,
      `ELM_NOT_READ ${scheme(3)}/identifier`,
      `VALUE_REWRITTEN ${scheme(3)}/title`,
    ])
  })

  it('names a text that stands where an object belongs, unless it is the address of one that is written out', () => {
    const written = { id: 'urn:org:u', type: 'Organisation', legalName: { en: 'U' } }
    const result = fromElm(
      credential(
        { location: 'Street 1', identifier: 'x' },
        {
          type: 'LearningAchievement',
          title: { en: 'Course' },
          awardedBy: { awardingBody: ['urn:org:u', written] },
          provenBy: { type: 'LearningAssessment', grade: 'A', specifiedBy: { gradingScheme: 'urn:scheme' } },
          specifiedBy: { homepage: 'https://u.example/course', eqfLevel: 'http://data.europa.eu/snb/eqf/6' },
          influencedBy: 'urn:activity',
          learningOpportunity: { providedBy: 'urn:org:u' },
        },
      ),
    )
    expect(result.elmo.reports[0]?.issuer.title).toEqual([{ lang: 'en', value: 'U' }])
    expect(dropped(result).sort()).toEqual(
      [
        ...['influencedBy', 'provenBy/grade', 'provenBy/specifiedBy/gradingScheme', 'specifiedBy/homepage'].map(
          (path) => `hasClaim/${path}`,
        ),
        ...['identifier', 'location'],
      ].map((path) => `ELM_NOT_READ /credentialSubject/${path}`),
    )
    const unknown = fromElm({ ...credential({}, []), issuer: 'did:example:1' })
    expect(dropped(unknown)).toEqual(['ELM_NOT_READ /issuer'])
  })

  it('names a workload that is no number of hours, and a kind of file that ELMO has no media type for', () => {
    const fileType = { id: 'http://publications.europa.eu/resource/authority/file-type/DOCX', type: 'Concept' }
    const claim = { type: 'LearningAchievement', title: { en: 'Course' } }
    const result = fromElm({
      ...credential({}, { ...claim, influencedBy: { type: 'LearningActivity', workload: 'P5D' } }),
      attachment: { type: 'MediaObject', contentType: fileType, content: 'VGVzdA==' },
    })
    expect(dropped(result)).toEqual(
      ['/credentialSubject/hasClaim/influencedBy/workload', '/attachment/contentType'].map(
        (path) => `ELM_NOT_READ ${path}`,
      ),
    )
  })
})
