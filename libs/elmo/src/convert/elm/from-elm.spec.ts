import { convertElmo } from '../convert-elmo.js'
import { validateElmo } from '../../document/validate-elmo.js'
import type { Elmo } from '../../model.js'
import { fromElm } from './from-elm.js'

/** A credential as others write it: single values instead of lists, labels, properties that ELMO has no place for. */
const foreign = {
  '@context': ['https://www.w3.org/2018/credentials/v1', 'http://data.europa.eu/snb/model/context/edc-ap'],
  id: 'urn:credential:foreign',
  type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
  credentialProfiles: { id: 'http://data.europa.eu/snb/credential/e34929035b', type: 'Concept' },
  issued: '2026-01-31T09:00:00+01:00',
  issuanceDate: '2026-02-01T00:00:00Z',
  validFrom: '2026-01-31T09:00:00+01:00',
  issuer: {
    id: 'urn:epass:org:1',
    type: 'Organisation',
    legalName: { en: 'University of Examples', mt: 'Eżempju' },
    eidasLegalIdentifier: { type: 'LegalIdentifier', notation: 'EX-1', spatial: { id: 'x', type: 'Concept' } },
    homepage: { type: 'WebResource', contentURL: 'https://uni.example/' },
    location: {
      type: 'Location',
      address: { type: 'Address', countryCode: { id: 'http://publications.europa.eu/resource/authority/country/MLT' } },
    },
    logo: { type: 'MediaObject', content: 'AAAA' },
  },
  credentialSubject: {
    type: 'Person',
    fullName: { en: 'Ana Andromeda' },
    givenName: { en: 'Ana' },
    familyName: { en: ['Andromeda'] },
    dateOfBirth: '1999-05-06T00:00:00Z',
    nationalID: { type: 'LegalIdentifier', notation: 'LA-1' },
    gender: { id: 'http://publications.europa.eu/resource/authority/human-sex/FEMALE' },
    hasClaim: {
      type: 'elm:LearningAchievement',
      title: 'Making credentials',
      awardedBy: {
        type: 'AwardingProcess',
        awardingBody: { id: 'urn:epass:org:1' },
        awardingDate: '2026-01-30T14:00:00Z',
      },
      additionalNote: { type: 'Note', noteLiteral: { en: 'A note' } },
      learningOpportunity: {
        type: 'LearningOpportunity',
        title: { en: 'Another title' },
        dcType: { id: 'http://data.europa.eu/snb/learning-opportunity/05053c1cbe', type: 'Concept' },
        temporal: { type: 'PeriodOfTime', startDate: '2025-09-01T00:00:00', endDate: '2025-12-20T00:00:00' },
      },
      influencedBy: { type: 'LearningActivity', title: { en: 'Activity' }, workload: 'PT60H' },
      provenBy: {
        type: 'LearningAssessment',
        title: { en: 'Exam' },
        grade: { type: 'Note', noteLiteral: { en: 'Pass' } },
        gradeStatus: { id: 'x', type: 'Concept', prefLabel: { en: 'Pass' } },
        specifiedBy: {
          type: 'LearningAssessmentSpecification',
          gradingScheme: { type: 'GradingScheme', title: { en: 'Standard' }, description: { en: 'Pass or fail' } },
        },
      },
      specifiedBy: {
        type: 'Qualification',
        title: { en: 'Making credentials' },
        eqfLevel: { id: 'http://data.europa.eu/snb/eqf/6', type: 'Concept' },
        nqfLevel: { id: 'http://data.europa.eu/snb/qdr/c', type: 'Concept', prefLabel: { en: 'Level 6' } },
        thematicArea: [
          { id: 'http://data.europa.eu/snb/isced-f/0031', type: 'Concept' },
          { id: 'http://data.europa.eu/snb/isced-f/0688', type: 'Concept' },
        ],
        creditPoint: {
          type: 'CreditPoint',
          framework: { id: 'http://data.europa.eu/snb/education-credit/6fcec5c5af' },
          point: 2,
        },
        language: { id: 'http://publications.europa.eu/resource/authority/language/ENG' },
        learningOutcome: { type: 'LearningOutcome', title: { en: 'Cooperation' } },
      },
    },
  },
}

const credentialWith = (claims: unknown, more: object = {}): object => ({
  type: 'EuropeanDigitalCredential',
  issuer: { type: 'Organisation', legalName: { en: 'U' } },
  issued: '2026-01-31T09:00:00Z',
  credentialSubject: { type: 'Person', familyName: 'Vik', hasClaim: claims },
  ...more,
})

const results = (elmo: Elmo) => elmo.reports[0]?.learningOpportunitySpecification ?? []
const lines = (losses: readonly { code: string; path: string; kept?: string }[]): string[] =>
  losses.map(({ code, path, kept }) => `${code} ${path}${kept === undefined ? '' : ` -> ${kept}`}`)

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
  } catch (error) {
    return (error as { code?: string }).code
  }
  return undefined
}

describe('fromElm', () => {
  it('reads what others write, and names what ELMO has no place for', () => {
    const { elmo, losses } = fromElm(JSON.stringify(foreign))
    expect(validateElmo(elmo, '2.1.1')).toEqual([])
    expect(elmo).toEqual({
      generatedDate: '2026-01-31T09:00:00+01:00',
      learner: {
        identifier: [{ type: 'nationalIdentifier', value: 'LA-1' }],
        givenNames: 'Ana',
        familyName: 'Andromeda',
        alternativeName: { value: '' },
        bday: '1999-05-06Z',
        dateOfBirth: '1999-05-06Z',
        gender: '2',
      },
      reports: [
        {
          issuer: {
            country: 'MT',
            countryType: 'ISO',
            identifier: [{ type: 'eidas', value: 'EX-1' }],
            title: [
              { lang: 'en', value: 'University of Examples' },
              { lang: 'mt', value: 'Eżempju' },
            ],
            url: 'https://uni.example/',
          },
          learningOpportunitySpecification: [
            {
              identifier: [{ type: 'generated-position', value: '/reports/0/learningOpportunitySpecification/0' }],
              title: [{ value: 'Making credentials' }],
              type: 'Course',
              iscedCode: '0031',
              instance: {
                start: '2025-09-01',
                date: '2026-01-30',
                status: 'passed',
                gradingSchemeLocalId: 'Standard',
                resultLabel: 'Pass',
                credit: [{ scheme: 'ects', value: '2' }],
                level: [
                  { type: 'EQF', value: '6' },
                  { type: 'NQF', value: 'Level 6' },
                ],
                languageOfInstruction: 'en',
                engagementHours: '60',
              },
            },
          ],
          issueDate: '2026-01-31T09:00:00+01:00',
          gradingScheme: [{ localId: 'Standard', description: [{ lang: 'en', value: 'Pass or fail' }] }],
        },
      ],
    })
    const claim = '/credentialSubject/hasClaim'
    expect(lines(losses)).toEqual([
      `TIME_OF_DAY_DROPPED ${claim}/awardedBy/awardingDate`,
      `ELM_NOT_READ ${claim}/learningOpportunity/temporal/endDate`,
      `TOO_MANY ${claim}/specifiedBy/thematicArea`,
      'GENERATED_DATE_TAKEN /generatedDate',
      'BIRTH_DATE_REPEATED /learner/bday',
      'ALTERNATIVE_NAME_EMPTY /learner/alternativeName',
      'COUNTRY_TYPE_ADDED /reports/0/issuer/countryType',
      'IDENTIFIER_GENERATED /reports/0/learningOpportunitySpecification/0/identifier',
      'ELM_NOT_READ /issuanceDate',
      'ELM_NOT_READ /issuer/logo',
      'ELM_NOT_READ /issuer/eidasLegalIdentifier/spatial',
      `ELM_NOT_READ ${claim}/additionalNote`,
      `ELM_NOT_READ ${claim}/learningOpportunity/title`,
      `ELM_NOT_READ ${claim}/influencedBy/title`,
      `ELM_NOT_READ ${claim}/provenBy/title`,
      `ELM_NOT_READ ${claim}/specifiedBy/learningOutcome`,
      `ELM_NOT_READ ${claim}/specifiedBy/title`,
    ])
    expect(validateElmo(convertElmo(elmo, '1.7.0').elmo, '1.7.0')).toEqual([])
  })

  it('takes one credential, a list, an envelope or a presentation', () => {
    const expected = fromElm(foreign).elmo
    for (const source of [
      [foreign],
      { credential: foreign },
      { verifiableCredential: [foreign] },
      { credentials: [foreign] },
    ]) {
      expect(fromElm(source).elmo).toEqual(expected)
    }
  })

  it('keeps further assessments of an achievement as parts of it', () => {
    const assessment = (title: string, grade: string): object => ({
      id: `urn:x:${title}`,
      type: 'LearningAssessment',
      title: { en: title },
      grade: { type: 'Note', noteLiteral: { en: grade } },
    })
    const { elmo, losses } = fromElm(
      credentialWith({
        type: 'LearningAchievement',
        title: { en: 'Course' },
        awardedBy: { type: 'AwardingProcess', used: assessment('Course', 'A') },
        provenBy: [assessment('Exam', 'B'), assessment('Lab', 'G'), assessment('Course', 'A')],
      }),
    )
    const [course] = results(elmo)
    expect(course?.instance.resultLabel).toBe('A')
    expect(course?.parts?.map(({ title, type, instance }) => [title[0]?.value, type, instance.resultLabel])).toEqual([
      ['Exam', 'Class', 'B'],
      ['Lab', 'Class', 'G'],
    ])
    expect(lines(losses)).toContain(
      'ASSESSMENT_AS_PART /credentialSubject/hasClaim/provenBy/1 -> ' +
        '/reports/0/learningOpportunitySpecification/0/parts/1',
    )
  })

  it.each([
    ['an address', 'urn:x:exam'],
    ['an object with nothing else', { id: 'urn:x:exam', type: 'LearningAssessment' }],
  ])('reads an assessment where it is written out, when the award names it by %s', (_, used) => {
    const provenBy = {
      id: 'urn:x:exam',
      type: 'LearningAssessment',
      grade: { type: 'Note', noteLiteral: { en: 'F' } },
      gradeStatus: { id: 'x', type: 'Concept', prefLabel: { en: 'Fail' } },
    }
    const claim = { type: 'LearningAchievement', title: { en: 'Course' } }
    const awardedBy = { type: 'AwardingProcess', used }
    const [course] = results(fromElm(credentialWith({ ...claim, awardedBy, provenBy })).elmo)
    expect(course?.instance).toMatchObject({ status: 'failed', resultLabel: 'F' })
    expect(course?.parts).toBeUndefined()
  })

  it('takes an assessment alone for a result, with what its status says', () => {
    const { elmo } = fromElm(
      credentialWith({
        type: 'LearningAssessment',
        title: { en: 'Exam' },
        grade: { noteLiteral: 'F' },
        gradeStatus: { id: 'x', type: 'Concept', prefLabel: { en: 'Fail' } },
      }),
    )
    expect(results(elmo)[0]?.instance).toEqual({ resultLabel: 'F', status: 'failed' })
  })

  it('tells institutions apart that have no address, by what they say', () => {
    const awarding = { type: 'Organisation', legalName: { en: 'Havet University' } }
    const { elmo } = fromElm({
      type: 'EuropeanDigitalCredential',
      issued: '2026-01-31T09:00:00Z',
      issuer: {
        type: 'Organisation',
        legalName: { en: 'Agency' },
        homepage: { contentURL: 'https://agency.example/' },
      },
      credentialSubject: {
        ...{ type: 'Person', givenName: 'Ane', familyName: 'Vik' },
        hasClaim: { type: 'LearningAchievement', title: 'Course', awardedBy: { awardingBody: awarding } },
      },
    })
    expect(elmo.reports.map(({ issuer }) => issuer.title[0]?.value)).toEqual(['Havet University'])
  })

  it('makes a report for each institution, also where the credential has nothing but their addresses', () => {
    const claim = (awardingBody: unknown) => ({
      ...{ type: 'LearningAchievement', title: 'Course' },
      awardedBy: { type: 'AwardingProcess', awardingBody },
    })
    const claims = [claim('urn:org:a'), claim('urn:org:b'), claim({ id: 'urn:org:b', type: 'Organisation' })]
    const { reports } = fromElm(credentialWith(claims)).elmo
    expect(reports.map((report) => report.learningOpportunitySpecification?.length)).toEqual([1, 2])
  })

  it('names claims that ELMO has no place for', () => {
    const claims = [
      { type: 'LearningEntitlement', title: { en: 'Right' } },
      'urn:somewhere',
      { type: 'LearningActivity', title: 'A' },
    ]
    const { elmo, losses } = fromElm(credentialWith(claims))
    expect(results(elmo)).toEqual([])
    expect(lines(losses).filter((line) => line.startsWith('ELM_NOT_READ'))).toEqual(
      [0, 1, 2].map((index) => `ELM_NOT_READ /credentialSubject/hasClaim/${index}`),
    )
  })

  it('says what the document must have and the credential has not', () => {
    const { elmo, losses } = fromElm({ type: 'EuropeanDigitalCredential', credentialSubject: { type: 'Person' } })
    expect(elmo.reports[0]).toEqual({
      issuer: {
        identifier: [{ type: 'generated-position', value: '/reports/0/issuer' }],
        title: [{ value: '' }],
        url: '',
      },
      issueDate: '',
    })
    expect(lines(losses)).toEqual([
      'TEXT_EMPTY /reports/0/issueDate',
      'TEXT_EMPTY /reports/0/issuer/title',
      'IDENTIFIER_GENERATED /reports/0/issuer/identifier',
      'TEXT_EMPTY /reports/0/issuer/url',
      'GENERATED_DATE_TAKEN /generatedDate',
      'ALTERNATIVE_NAME_EMPTY /learner/alternativeName',
    ])
  })

  it('refuses what is no credential, is about nobody or about several people', () => {
    const wrong = [
      '',
      '{',
      'null',
      '[]',
      '[1]',
      '"text"',
      '{}',
      '{"type":"LearningAchievement"}',
      '{"credential":[]}',
      '{"type":"EuropeanDigitalCredential"}',
    ]
    for (const source of wrong) expect([source, codeOf(() => fromElm(source))]).toEqual([source, 'ELMO_INVALID'])
    for (const source of [undefined, null, 7, () => 1, [[]]]) expect(codeOf(() => fromElm(source))).toBe('ELMO_INVALID')
    const other = { ...foreign, credentialSubject: { ...foreign.credentialSubject, familyName: { en: 'Other' } } }
    expect(codeOf(() => fromElm([foreign, other]))).toBe('ELMO_INVALID')
  })

  it('refuses what is too deep, too large or has too many parts, without being hurt by it', () => {
    const deep = '{"type":"EuropeanDigitalCredential","credentialSubject":'.repeat(100_000)
    expect(codeOf(() => fromElm(`${deep}1${'}'.repeat(100_000)}`))).toBe('ELMO_TOO_DEEP')
    expect(codeOf(() => fromElm('x'.repeat(11), { maxBytes: 10 }))).toBe('ELMO_TOO_LARGE')
    expect(codeOf(() => fromElm(foreign, { maxBytes: 100 }))).toBe('ELMO_TOO_LARGE')
    expect(codeOf(() => fromElm(foreign, { maxNodes: 20 }))).toBe('ELMO_TOO_MANY_NODES')
    expect(codeOf(() => fromElm(Array.from({ length: 600_000 }, () => 1)))).toBe('ELMO_TOO_MANY_NODES')
    const endless: Record<string, unknown> = { type: 'EuropeanDigitalCredential' }
    endless['credentialSubject'] = endless
    expect(codeOf(() => fromElm(endless))).toBe('ELMO_TOO_DEEP')
    let achievement: object = { type: 'LearningAchievement', title: { en: 'T' } }
    for (let depth = 0; depth < 30; depth++)
      achievement = { type: 'LearningAchievement', title: { en: 'T' }, hasPart: achievement }
    expect(codeOf(() => fromElm(credentialWith(achievement)))).toBe('ELMO_TOO_DEEP')
  })

  it('looks at an institution once, however many claims name it', () => {
    let looks = 0
    const issuer = { id: 'urn:org:u', type: 'Organisation', legalName: { en: 'U' } }
    const toJSON = { value: () => (looks++, { ...issuer }) }
    const claim = { type: 'LearningAchievement', title: 'T', awardedBy: { awardingBody: 'urn:org:u' } }
    fromElm(
      credentialWith(
        Array.from({ length: 50 }, () => claim),
        { issuer: Object.defineProperties({ ...issuer }, { toJSON }) },
      ),
    )
    expect(looks).toBe(1)
  })

  it('reads many credentials of one learner in no more than their share of the time', () => {
    const about = (notation: string) => ({
      type: 'EuropeanDigitalCredential',
      credentialSubject: { familyName: 'Vik', identifier: { type: 'Identifier', schemeName: 'local', notation } },
    })
    const timeFor = (length: number) => {
      const credentials = Array.from({ length }, (_, index) => about(`${index}`))
      const times = [1, 2, 3].map(() => {
        const started = process.cpuUsage()
        expect(fromElm(credentials).elmo.learner.identifier).toHaveLength(length)
        const { user, system } = process.cpuUsage(started)
        return (user + system) / 1000
      })
      return Math.min(...times)
    }
    // Eight times as many take eight times as long, a square 64 times. The constant is for what is too short to tell.
    expect(timeFor(4_000)).toBeLessThan(24 * timeFor(500) + 200)
  }, 60_000)

  it('takes no name of the language itself for a property, and lets nothing through that XML cannot carry', () => {
    const { elmo, losses } = fromElm(
      '{"type":"EuropeanDigitalCredential","__proto__":{"issued":"2026-01-01T00:00:00Z"},"credentialSubject":' +
        '{"familyName":{"__proto__":"a","en_US":"b"},"givenName":"x\\u0000\\ud800","hasClaim":[]}}',
    )
    expect(elmo.reports[0]?.issueDate).toBe('')
    expect(elmo.learner.givenNames).toBe('x\uFFFD\uFFFD')
    expect(lines(losses)).toContain('ELM_NOT_READ /__proto__')
    expect(Object.getPrototypeOf(elmo.learner)).toBe(Object.prototype)
  })
})
