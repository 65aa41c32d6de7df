import type { Attachment, Elmo, LearningOpportunitySpecification } from '../../src/model.js'

const pdf = 'data:application/pdf;base64,JVBERi0xLjQKJSVFT0YK'

export const makeAttachment = (type: Attachment['type'], id: string): Attachment => ({
  identifier: [{ type: 'internal', value: id }],
  title: [{ lang: 'en', value: `Paper ${id}` }],
  type,
  content: [{ value: pdf }],
})

const identifiers = (id: string): LearningOpportunitySpecification['identifier'] => [
  { type: 'local', value: id },
  { type: 'ewp-los-id', value: `LOS/${id}` },
]

const frame = (id: string, title: string): LearningOpportunitySpecification => ({
  identifier: identifiers(id),
  title: [{ lang: 'en', value: title }],
  instance: { identifier: [{ type: 'ewp-loi-id', value: `LOI/${id}` }], status: 'in-progress' },
})

const makeClass = (): LearningOpportunitySpecification => {
  const made = frame('C1-LAB', 'Laboratory')
  return { ...made, type: 'Class', instance: { ...made.instance, status: 'passed', engagementHours: '20' } }
}

const makeCourse = (): LearningOpportunitySpecification => {
  const made = frame('C1', 'Examples for beginners')
  return {
    ...made,
    type: 'Course',
    subjectArea: '11.3',
    iscedCode: '0613',
    description: [{ lang: 'en', value: 'First line\nsecond line, where a < b' }],
    descriptionHtml: [{ lang: 'en', value: '<p>First line<br/><em>second</em> line</p>' }],
    instance: {
      ...made.instance,
      start: '2025-01-15',
      date: '2025-06-02',
      academicTerm: { title: [{ lang: 'en', value: 'Spring 2025' }], start: '2025-01-15', end: '2025-06-10' },
      status: 'passed',
      gradingSchemeLocalId: 'a-f',
      resultLabel: 'B',
      shortenedGrading: { percentageLower: '62.3', percentageEqual: '21.8', percentageHigher: '15.9' },
      resultDistribution: {
        category: [
          { label: 'B', count: '12' },
          { label: 'F', count: '0' },
        ],
      },
      credit: [{ scheme: 'ects', value: '7.5' }],
      level: [{ type: 'EQF', value: '6' }],
      languageOfInstruction: 'en',
      engagementHours: '200',
      attachments: { ref: ['att-1'] },
      grouping: { typeref: 'kind', idref: 'core' },
    },
    parts: [makeClass()],
  }
}

/** A document of ELMO 1.7.0 that keeps every rule and has something for nearly each of them to look at. */
export function cleanElmo(): Elmo {
  const programme = frame('DP1', 'Bachelor of Examples')
  return {
    generatedDate: '2026-03-02T09:30:00+01:00',
    learner: {
      citizenship: 'NO',
      identifier: [
        { type: 'nationalIdentifier', value: '05068907693' },
        { type: 'esi', value: 'urn:schac:personalUniqueCode:int:esi:uni.example:0001' },
      ],
      givenNames: 'Anna',
      familyName: 'Testsson',
      bday: '1989-06-05',
      placeOfBirth: 'Hammerfest',
      currentAddress: {
        addressLine: ['Example Street 1'],
        postalCode: '0001',
        locality: 'Example Town',
        country: 'NO',
      },
    },
    reports: [
      {
        issuer: {
          country: 'NO',
          identifier: [{ type: 'schac', value: 'uni.example' }],
          title: [
            { lang: 'nb', value: 'Eksempeluniversitetet' },
            { lang: 'en', value: 'Example University' },
          ],
          url: 'https://uni.example/',
        },
        learningOpportunitySpecification: [
          {
            ...programme,
            type: 'Degree Programme',
            instance: {
              ...programme.instance,
              diplomaSupplement: {
                lang: 'en',
                version: '2018',
                issueDate: '2025-06-20',
                introduction: 'This supplement follows the model.',
                section: [
                  {
                    number: '1',
                    title: 'Holder of the qualification',
                    section: [
                      { number: '1.1', title: 'Last name(s)', content: { type: 'text/plain', value: 'Testsson' } },
                    ],
                  },
                ],
              },
            },
            parts: [{ ...frame('M1', 'Foundations'), type: 'Module', parts: [makeCourse()] }],
          },
        ],
        issueDate: '2026-03-02T08:00:00Z',
        gradingScheme: [{ localId: 'a-f', description: [{ lang: 'en', value: 'A (best) to F (fail)' }] }],
        attachment: [makeAttachment('Transcript of Records', 'att-1')],
      },
    ],
    attachments: [makeAttachment('EMREX transcript', 'att-2')],
    groups: [
      {
        id: 'kind',
        title: [{ lang: 'en', value: 'Kind of course' }],
        group: [
          { id: 'core', sortingKey: '1', title: [{ lang: 'en', value: 'Core' }] },
          { id: 'free', sortingKey: '2', title: [{ lang: 'en', value: 'Free' }] },
        ],
      },
    ],
  }
}

/** The same of ELMO 2.1.1, with a recognition and an enrolment. */
export function cleanElmo21(): Elmo {
  const elmo = cleanElmo()
  const [report] = elmo.reports
  if (report === undefined) throw new Error('no report')
  Object.assign(elmo.learner, { citizenshipType: 'ISO', dateOfBirth: '1989-06-05', alternativeName: { value: '' } })
  report.issuer.countryType = 'ISO'
  const { issuer, issueDate } = report
  const enrolled = frame('DP2', 'Master of Examples')
  report.learningOpportunitySpecification?.push({
    ...enrolled,
    type: 'Degree Programme',
    documentType: 'Enrolment',
    instance: {
      ...enrolled.instance,
      duration: 'P2Y',
      enrolment: {
        enrolmentInstitution: issuer,
        enrolmentDate: '2025-08-15',
        academicYear: { start: '2025-08-01', end: '2026-06-30' },
      },
    },
  })
  const foreign = { ...makeCourse(), ...frame('F1', 'Foreign course'), type: 'Course' }
  const basis = { ...foreign, instance: { ...makeCourse().instance, ...withoutReferences } }
  report.resultOfRecognition = [
    {
      status: 'Partially Positive',
      iscedCode: '0613',
      decisionDate: '2026-01-10',
      recognitionBasis: [{ issuer, issueDate, learningOpportunitySpecification: [basis] }],
      recognitionResult: [{ ...makeCourse(), identifier: identifiers('R1') }],
      recognitionMapping: [{ fromMapping: [['F1']], toMapping: [['R1']] }],
    },
  ]
  const [result] = report.resultOfRecognition[0]?.recognitionResult ?? []
  if (result !== undefined) result.instance = { ...result.instance, ...withoutReferences, gradingSchemeLocalId: 'a-f' }
  return structuredClone(elmo)
}

/** What a foreign report has no scheme or attachment for; its grade is explained elsewhere. */
const withoutReferences = { gradingSchemeLocalId: undefined, gradingSchemeExternalId: 'CEFR', attachments: undefined }
