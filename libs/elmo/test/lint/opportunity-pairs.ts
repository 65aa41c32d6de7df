import { report, programme, module, course, klass, loi, enrolled, supplement, set, inLoi } from './clean-parts.js'
import type { RulePair } from './rule-pair.js'

/** Of the rules about opportunities and results. */
export const opportunityPairs: RulePair[] = [
  { rule: 'LOS-TYPE-GIVE', at: 'learningOpportunitySpecification', breaks: set(course, { type: undefined }) },
  {
    rule: 'LOS-TYPE-UNKNOWN',
    at: '/type',
    breaks: set(course, { type: 'Thesis' }),
    keeps: set(klass, { type: undefined }),
  },
  { rule: 'LOS-TYPE-ORDER', at: '/type', breaks: set(klass, { type: 'Module' }) },
  {
    rule: 'LOS-DP-TOP',
    at: '/type',
    breaks: set(module, {
      type: 'Degree Programme',
      parts: [
        {
          ...structuredClone({ title: [], instance: {} }),
          type: 'Module',
          parts: [{ title: [], instance: {}, type: 'Degree Programme' }],
        },
      ],
    }),
    keeps: set(module, { type: 'Degree Programme' }),
  },
  { rule: 'LOS-DP-TOP', at: 'learningOpportunitySpecification[1]', breaks: set(module, { type: 'Class' }) },
  { rule: 'LOS-MODULE', at: 'hasPart[1]/learningOpportunitySpecification', breaks: set(course, { type: 'Class' }) },
  { rule: 'LOS-MODULE', at: '/type', breaks: set(course, { type: 'Module' }) },
  { rule: 'LOS-COURSE', at: '/type', breaks: set(klass, { type: 'Course' }) },
  {
    rule: 'LOS-COURSE',
    at: 'hasPart[1]/learningOpportunitySpecification/type',
    breaks: (elmo) => (klass(elmo).instance.credit = [{ scheme: 'ects', value: '1' }]),
  },
  { rule: 'LOS-CLASS', at: '/type', breaks: set(course, { type: undefined }) },
  {
    rule: 'LOS-CLASS',
    at: 'learningOpportunitySpecification',
    breaks: set(klass, { parts: [{ title: [], type: 'Class', instance: {} }] }),
    keeps: set(klass, { parts: [{ title: [], instance: {} }] }),
  },
  {
    rule: 'LOS-DEPTH',
    at: 'learningOpportunitySpecification',
    breaks: set(klass, { parts: [{ title: [{ value: 'Fifth' }], instance: {} }] }),
  },
  { rule: 'LOS-TITLE', at: 'learningOpportunitySpecification', breaks: set(course, { title: [{ value: ' ' }] }) },
  {
    rule: 'LOS-LOCAL-UNIQUE',
    at: 'hasPart[2]/learningOpportunitySpecification',
    breaks: (elmo) => module(elmo).parts?.push({ ...course(elmo), title: [{ value: 'Another course' }] }),
    keeps: (elmo) => module(elmo).parts?.push(structuredClone(course(elmo))),
  },
  {
    rule: 'LOS-LOCAL-GIVE',
    at: 'learningOpportunitySpecification',
    breaks: set(course, { identifier: [{ type: 'courseCode', value: 'C1' }] }),
  },
  {
    rule: 'LOS-ID-REQUIRED',
    at: 'learningOpportunitySpecification',
    release: '2.1.1',
    breaks: set(course, { identifier: undefined }),
  },
  {
    rule: 'LOS-ISCED',
    at: '/iscedCode',
    breaks: set(course, { iscedCode: '671201' }),
    keeps: set(course, { iscedCode: '061' }),
  },
  { rule: 'LOS-SUBJECT', at: '/subjectArea', breaks: set(course, { subjectArea: '11304' }) },
  {
    rule: 'LOS-HTML-SIMPLE',
    at: '/descriptionHtml[1]',
    breaks: set(course, { descriptionHtml: [{ value: '<table><tr><td>x</td></tr></table>' }] }),
  },
  { rule: 'LOS-HTML-PAIR', at: '/descriptionHtml[1]', breaks: set(course, { description: undefined }) },
  {
    rule: 'LOS-HTML-SAFE',
    at: '/descriptionHtml[1]',
    breaks: set(course, { descriptionHtml: [{ value: '<p onclick="x()">x</p>' }] }),
  },
  {
    rule: 'LOI-DATE-APPROX',
    at: inLoi,
    breaks: set(loi, { date: undefined }),
    keeps: set(loi, { date: undefined, status: 'in-progress' }),
  },
  { rule: 'LOI-TERM-COURSE', at: inLoi, breaks: set(loi, { academicTerm: undefined }) },
  {
    rule: 'LOI-TERM-COURSE',
    at: '/academicTerm',
    breaks: (elmo) => (programme(elmo).instance.academicTerm = loi(elmo).academicTerm),
  },
  {
    rule: 'LOI-TERM-TITLE',
    at: '/academicTerm',
    breaks: set(loi, {
      academicTerm: { title: [{ lang: 'nb', value: 'Vår' }], start: '2025-01-15', end: '2025-06-10' },
    }),
  },
  {
    rule: 'LOI-TERM-TITLE',
    at: '/academicTerm/start',
    breaks: set(loi, {
      academicTerm: { title: [{ lang: 'en', value: 'Spring' }], start: '2025-06-11', end: '2025-06-10' },
    }),
  },
  {
    rule: 'LOI-TERM-TITLE',
    at: '/academicTerm/start',
    breaks: set(loi, {
      academicTerm: { title: [{ lang: 'en', value: 'Spring' }], start: '2025-06-11+02:00', end: '2025-01-10+01:00' },
    }),
  },
  { rule: 'LOI-STATUS-GIVE', at: inLoi, breaks: set(loi, { status: undefined }) },
  { rule: 'LOI-SCHEME-ID', at: '/resultLabel', breaks: set(loi, { gradingSchemeLocalId: undefined }) },
  { rule: 'LOI-SCHEME-REF', at: inLoi, breaks: set(loi, { gradingSchemeLocalId: '38' }) },
  {
    rule: 'LOI-SCHEME-REF',
    at: 'gradingScheme[2]/@localId',
    breaks: (elmo) =>
      report(elmo).gradingScheme?.push({ localId: 'a-f', description: [{ lang: 'en', value: 'Again' }] }),
  },
  {
    rule: 'LOI-SCHEME-DESC',
    at: 'gradingScheme[1]',
    breaks: set(report, { gradingScheme: [{ localId: 'a-f', description: [{ lang: 'nb', value: 'A til F' }] }] }),
  },
  { rule: 'LOI-RESULT', at: inLoi, breaks: set(loi, { resultLabel: undefined }) },
  { rule: 'LOI-RESULT', at: '/resultLabel', breaks: set(loi, { resultLabel: '' }) },
  {
    rule: 'LOI-SHORT-SUM',
    at: '/shortenedGrading',
    breaks: set(loi, { shortenedGrading: { percentageLower: '60', percentageEqual: '20', percentageHigher: '10' } }),
    keeps: set(loi, {
      shortenedGrading: { percentageLower: '33.3', percentageEqual: '33.3', percentageHigher: '33.3' },
    }),
  },
  {
    rule: 'LOI-SHORT-SUM',
    at: '/shortenedGrading',
    breaks: set(loi, { shortenedGrading: { percentageLower: '100', percentageEqual: '0', percentageHigher: '0' } }),
  },
  {
    rule: 'LOI-DIST-ALL',
    at: '/resultDistribution',
    breaks: set(loi, {
      resultDistribution: {
        category: [
          { label: 'A', count: '1' },
          { label: 'A', count: '2' },
        ],
      },
    }),
  },
  {
    rule: 'LOI-DIST-ALL',
    at: '/resultDistribution',
    breaks: set(loi, { resultDistribution: { category: [{ label: 'A', count: '0' }] } }),
  },
  { rule: 'LOI-ECTS-GIVE', at: inLoi, breaks: set(loi, { credit: [{ scheme: 'studiepoeng', value: '10' }] }) },
  { rule: 'LOI-ECTS-VALUE', at: '/credit[1]', breaks: set(loi, { credit: [{ scheme: 'ects' }] }) },
  {
    rule: 'LOI-ECTS-ONCE',
    at: 'learningOpportunitySpecification[1]/hasPart[1]/learningOpportunitySpecification/specifies/learningOpportunityInstance/credit[1]',
    breaks: (elmo) => (module(elmo).instance.credit = [{ scheme: 'ects', value: '7.5' }]),
  },
  {
    rule: 'LOI-ECTS-ONCE',
    at: '/credit[1]',
    breaks: (elmo) => (module(elmo).instance.credit = [{ scheme: 'ECTS', value: '7.5' }]),
  },
  {
    rule: 'LOI-CREDIT-LEVEL',
    at: '/credit[1]/level',
    breaks: set(loi, { credit: [{ scheme: 'ects', level: 'Bachelor', value: '7.5' }] }),
  },
  { rule: 'LOI-LEVEL-UNKNOWN', at: '/level[1]', breaks: set(loi, { level: [{ type: 'fsLevel', value: '300' }] }) },
  { rule: 'LOI-LEVEL-UNKNOWN', at: '/level[1]/value', breaks: set(loi, { level: [{ type: 'EQF', value: '9' }] }) },
  { rule: 'LOI-LANG-SINGLE', at: '/languageOfInstruction', breaks: set(loi, { languageOfInstruction: 'eng' }) },
  { rule: 'LOI-HOURS', at: '/engagementHours', breaks: set(loi, { engagementHours: '0.0' }) },
  { rule: 'LOI-HOURS', at: inLoi, breaks: set(loi, { engagementHours: undefined }) },
  { rule: 'LOI-ATT-REF', at: inLoi, breaks: set(loi, { attachments: { ref: ['att-9'] } }) },
  { rule: 'LOI-GROUP-REF', at: '/grouping', breaks: set(loi, { grouping: { typeref: 'nothing', idref: 'core' } }) },
  { rule: 'LOI-GROUP-REF', at: '/grouping', breaks: set(loi, { grouping: { typeref: 'kind', idref: 'nothing' } }) },
  {
    rule: 'LOI-DS-DEGREE',
    at: '/diplomaSupplement',
    breaks: (elmo) => (loi(elmo).diplomaSupplement = supplement(elmo)),
  },
  { rule: 'ENR-STATUS', at: inLoi, release: '2.1.1', breaks: (elmo) => (enrolled(elmo).instance.status = 'passed') },
  { rule: 'ENR-STATUS', at: inLoi, release: '2.1.1', breaks: (elmo) => delete enrolled(elmo).instance.duration },
  {
    rule: 'ENR-STATUS',
    at: 'learningOpportunitySpecification[2]',
    release: '2.1.1',
    breaks: set(enrolled, { documentType: undefined }),
  },
  { rule: 'ENR-STATUS', at: inLoi, release: '2.1.1', breaks: (elmo) => delete enrolled(elmo).instance.enrolment },
  {
    rule: 'ENR-STATUS',
    at: '/enrolmentInstitution',
    release: '2.1.1',
    breaks: (elmo) => delete enrolled(elmo).instance.enrolment?.enrolmentInstitution.country,
  },
]
