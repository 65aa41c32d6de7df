import { inflateSync } from 'node:zlib'
import type { Elmo, LearningOpportunityInstance, LearningOpportunitySpecification } from '../../model.js'
import { checkElm } from './check-elm.js'
import type { ElmNode } from './elm-node.js'
import { fromElm } from './from-elm.js'
import { toElm, type ElmOptions } from './to-elm.js'

const issuer = {
  country: 'NO',
  identifier: [{ type: 'schac', value: 'uni.example' }],
  title: [{ lang: 'en', value: 'Example University' }],
  url: 'https://uni.example/',
}
const options: ElmOptions = {
  credentialId: (index) => `urn:credential:example-${index}`,
  legalIdentifier: { value: 'EX-0001', country: 'NO' },
  image: { mediaType: 'image/png', base64: 'iVBORw0KGgo=' },
}

const course = (title: string, instance: LearningOpportunityInstance = {}): LearningOpportunitySpecification => ({
  identifier: [{ type: 'local', value: title }],
  title: [{ lang: 'en', value: title }],
  type: 'Course',
  instance: { status: 'passed', ...instance },
})

const documentWith = (results: LearningOpportunitySpecification[], rest: Partial<Elmo> = {}): Elmo => ({
  generatedDate: '2026-03-02T09:30:00Z',
  learner: { givenNames: 'Ane', familyName: 'Vik', bday: '1999-02-28' },
  reports: [{ issuer, learningOpportunitySpecification: results, issueDate: '2026-03-02T09:30:00Z' }],
  ...rest,
})

const convert = (elmo: Elmo, more: ElmOptions = {}) => {
  const { credentials, losses } = toElm(elmo, { ...options, ...more })
  const [credential] = JSON.parse(JSON.stringify(credentials)) as Record<string, never>[]
  const subject = credential?.['credentialSubject'] as unknown as Record<string, never>
  return {
    credentials,
    credential,
    subject,
    claims: (subject['hasClaim'] ?? []) as unknown as Record<string, never>[],
    lines: losses.map(({ code, path, kept }) => `${code} ${path}${kept === undefined ? '' : ` -> ${kept}`}`),
  }
}

const place = '/reports/0/learningOpportunitySpecification'
const usual = ['SIGNATURE_LOST /signature', 'NO_COUNTERPART /generatedDate']

describe('toElm', () => {
  it('gives a credential in which the profile misses nothing, when the document and the options have it all', () => {
    const { credential, lines } = convert(documentWith([course('C1', { resultLabel: 'A' })]))
    expect(checkElm(credential)).toEqual([])
    expect(lines).toEqual(usual)
  })

  it('always says that the signature of the document is lost', () => {
    expect(convert(documentWith([])).lines[0]).toBe('SIGNATURE_LOST /signature')
  })

  it('names what the profile demands and the document has not', () => {
    const { country: _, ...nowhere } = issuer
    const elmo = documentWith([])
    elmo.reports[0]!.issuer = nowhere
    const { credentials, losses } = toElm(elmo, { credentialId: options.credentialId })
    expect(checkElm(credentials[0]).map(({ rule, path }) => `${rule} ${path}`)).toEqual([
      'ELM-MISSING /issuer/location',
      'ELM-MISSING /issuer/eidasLegalIdentifier',
      'ELM-MISSING /credentialSubject/hasClaim',
    ])
    expect(losses.filter(({ what }) => what === 'missing').map(({ path }) => path)).toEqual([
      '/credentials/0/issuer/location',
      '/credentials/0/issuer/eidasLegalIdentifier',
      '/credentials/0/credentialSubject/hasClaim',
    ])
    expect(losses).toContainEqual({
      code: 'IMAGE_PLACEHOLDER',
      what: 'added',
      path: '/credentials/0/displayParameter',
    })
  })

  it('shows a picture that is one, where the caller gives none', () => {
    const { credentials } = toElm(documentWith([]))
    const text = JSON.stringify(credentials[0]?.['displayParameter'])
    const png = Buffer.from(/"content":"([^"]+)"/.exec(text)?.[1] ?? '', 'base64')
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    const at = png.indexOf('IDAT')
    expect(inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))).toHaveLength(3)
  })

  it('gives each report its own credential, or one to all, with the institution that awarded each result', () => {
    const other = { ...issuer, title: [{ value: 'Other University' }] }
    const elmo = documentWith([course('One')])
    elmo.reports.push({
      issuer: other,
      learningOpportunitySpecification: [course('Two')],
      issueDate: '2026-03-01T00:00:00Z',
    })
    expect(convert(elmo).credentials.map(({ id, issued }) => [id, issued])).toEqual([
      ['urn:credential:example-0', '2026-03-02T09:30:00Z'],
      ['urn:credential:example-1', '2026-03-01T00:00:00Z'],
    ])
    const one = convert(elmo, { per: 'document' })
    expect(one.credentials).toHaveLength(1)
    const names = one.claims.map(
      ({ awardedBy }) => (awardedBy as unknown as { awardingBody: ElmNode[] }).awardingBody[0]?.['legalName'],
    )
    expect(names).toEqual([{ en: 'Example University' }, { und: 'Other University' }])
    expect(one.lines).toContain('NO_COUNTERPART /reports/1/issueDate')
    const back = fromElm(one.credentials).elmo.reports
    expect(back.map((report) => report.issuer.title[0]?.value)).toEqual(['Example University', 'Other University'])
  })

  it('writes an identifier with its value as notation and its type as the name of the scheme', () => {
    const { subject } = convert(
      documentWith([], { learner: { ...documentWith([]).learner, identifier: [{ type: 'esi', value: 'urn:x' }] } }),
    )
    expect(subject['identifier']).toEqual([
      { id: expect.stringContaining('identifier') as string, type: 'Identifier', schemeName: 'esi', notation: 'urn:x' },
    ])
  })

  it('makes a national identifier a legal one only when the caller says of which country', () => {
    const learner = { ...documentWith([]).learner, identifier: [{ type: 'nationalIdentifier', value: '1' }] }
    expect(convert(documentWith([], { learner })).subject['nationalID']).toBeUndefined()
    expect(convert(documentWith([], { learner }), { nationalIdCountry: 'NO' }).subject['nationalID']).toMatchObject({
      type: 'LegalIdentifier',
      notation: '1',
      spatial: { id: 'http://publications.europa.eu/resource/authority/country/NOR' },
    })
  })

  it('knows ECTS in any case, and keeps every other scheme by its name', () => {
    const credit = [
      { scheme: 'ECTS', value: '7.5' },
      { scheme: 'sws', value: '4' },
      { scheme: 'ects' },
      { scheme: 'ects', value: '3' },
    ]
    const { claims, lines } = convert(documentWith([course('C', { credit })]))
    const received = claims[0]?.['creditReceived'] as unknown as { framework: ElmNode; point: string }[]
    expect(received.map(({ framework, point }) => [framework['id'], framework['notation'], point])).toEqual([
      ['http://data.europa.eu/snb/education-credit/6fcec5c5af', undefined, '7.5'],
      ['urn:epass:concept:1', 'sws', '4'],
      ['http://data.europa.eu/snb/education-credit/6fcec5c5af', undefined, '3'],
    ])
    expect(lines).toEqual([
      usual[0],
      `VALUE_REWRITTEN ${place}/0/instance/credit/0/scheme`,
      `CREDIT_WITHOUT_VALUE ${place}/0/instance/credit/2`,
      usual[1],
    ])
  })

  it('keeps the parts of a course as its parts, of whatever type they are', () => {
    const exam = { ...course('Exam', { resultLabel: 'B' }), type: 'Class' }
    const { claims } = convert(documentWith([{ ...course('C', { resultLabel: 'A' }), parts: [exam] }]))
    const grade = (claim: ElmNode | undefined): unknown =>
      (claim?.['provenBy'] as { grade: ElmNode }[] | undefined)?.map((each) => each.grade['noteLiteral'])
    expect(grade(claims[0])).toEqual([{ und: 'A' }])
    const parts = claims[0]?.['hasPart'] as unknown as ElmNode[]
    expect(parts.map(grade)).toEqual([[{ und: 'B' }]])
    expect(parts[0]).toMatchObject({
      learningOpportunity: { dcType: [{ id: 'http://data.europa.eu/snb/learning-opportunity/7e1ac538db' }] },
    })
  })

  it('claims nothing that was not passed; passed parts take the place of the whole', () => {
    const elmo = documentWith([
      {
        ...course('Unfinished', { status: 'in-progress' }),
        parts: [course('Passed'), course('Failed', { status: 'failed' })],
      },
      course('Silent', { status: undefined }),
    ])
    const { claims, lines } = convert(elmo)
    expect(claims.map(({ title }) => title)).toEqual([{ en: 'Passed' }, { en: 'Silent' }])
    expect(lines).toEqual([
      usual[0],
      `NOT_PASSED_LEFT_OUT ${place}/0`,
      `NOT_PASSED_LEFT_OUT ${place}/0/parts/1`,
      `PART_MOVED_UP ${place}/0/parts/0 -> /credentials/0/credentialSubject/hasClaim/0`,
      'STATUS_TAKEN_AS_PASSED /credentials/0/credentialSubject/hasClaim/1',
      usual[1],
    ])
  })

  it('claims no enrolment, and takes a status in any case, or an empty one, as readers do', () => {
    const withGrade = (title: string, status: string) => course(title, { status, resultLabel: 'B' })
    const { claims, lines } = convert(
      documentWith([
        { ...course('Enrolled', { status: undefined }), documentType: 'Enrolment' },
        withGrade('Spelt', 'PASSED'),
        withGrade('Empty', ''),
      ]),
    )
    expect(claims.map(({ title }) => title)).toEqual([{ en: 'Spelt' }, { en: 'Empty' }])
    const graded = claims.flatMap(({ provenBy }) => provenBy as unknown as ElmNode[])
    expect(graded.map(({ gradeStatus }) => gradeStatus !== undefined)).toEqual([true, false])
    expect(lines).toEqual([
      usual[0],
      `NOT_PASSED_LEFT_OUT ${place}/0`,
      `VALUE_REWRITTEN ${place}/1/instance/status`,
      'STATUS_TAKEN_AS_PASSED /credentials/0/credentialSubject/hasClaim/1',
      usual[1],
    ])
  })

  it('makes what has an EQF level a qualification, and keeps other levels by their type', () => {
    const level = [
      { type: 'NKR', value: '6.2', description: { lang: 'nb', value: 'Bachelor' } },
      { type: 'EQF', value: '6' },
    ]
    const { claims, lines } = convert(documentWith([course('C', { level })]))
    expect(claims[0]?.['specifiedBy']).toMatchObject({
      type: 'Qualification',
      eqfLevel: { id: 'http://data.europa.eu/snb/eqf/6' },
      educationLevel: [{ notation: '6.2', inScheme: { id: 'urn:x-elmo:level:NKR' }, definition: { nb: 'Bachelor' } }],
      isPartialQualification: true,
    })
    expect(lines).toContain(`ORDER_CHANGED ${place}/0/instance/level`)
  })

  it('takes a code of ISCED-F for one, and any other classification for what it is', () => {
    const areas = ['0613', '061', '06', '0610', '321101', '0'].map((iscedCode) => {
      const { claims } = convert(documentWith([{ ...course('C'), iscedCode }]))
      const { thematicArea, educationSubject } = claims[0]?.['specifiedBy'] as unknown as Record<string, ElmNode[]>
      return [thematicArea?.[0]?.['id'], educationSubject?.[0]?.['notation']]
    })
    const isced = (code: string): unknown[] => [`http://data.europa.eu/snb/isced-f/${code}`, undefined]
    expect(areas).toEqual([
      isced('0613'),
      isced('061'),
      isced('06'),
      isced('0610'),
      [undefined, '321101'],
      [undefined, '0'],
    ])
  })

  it('rounds percentages and leaves out categories that nobody is in, and says so', () => {
    const { claims, lines } = convert(
      documentWith([
        course('C', {
          resultLabel: 'B',
          shortenedGrading: { percentageLower: '62.3', percentageEqual: '22', percentageHigher: '15.7' },
          resultDistribution: {
            category: [
              { label: 'A', count: '0' },
              { label: 'B', count: '12' },
            ],
          },
        }),
      ]),
    )
    expect(claims[0]?.['provenBy']).toMatchObject([
      {
        shortenedGrading: { percentageLower: 62, percentageEqual: 22, percentageHigher: 16 },
        resultDistribution: { resultCategory: [{ label: 'B', count: 12 }] },
      },
    ])
    const own = `${place}/0/instance`
    expect(lines.slice(1, -1)).toEqual([
      `PERCENTAGE_ROUNDED ${own}/shortenedGrading/percentageLower`,
      `PERCENTAGE_ROUNDED ${own}/shortenedGrading/percentageHigher`,
      `COUNT_OF_NONE ${own}/resultDistribution/category/0`,
    ])
  })

  it('has an assessment only where there is a grade', () => {
    const instance = { gradingSchemeLocalId: 'a-f', gradingSchemeExternalId: 'CEFR' }
    const { claims, lines } = convert(documentWith([course('C', instance)]))
    expect(claims[0]?.['provenBy']).toBeUndefined()
    expect(lines.slice(1, 3)).toEqual([
      `NO_GRADE ${place}/0/instance/gradingSchemeLocalId`,
      `NO_GRADE ${place}/0/instance/gradingSchemeExternalId`,
    ])
  })

  it('never shifts a date: its midnight stands in the zone that it was written in, or in none', () => {
    const birth = (bday: string): unknown =>
      convert(documentWith([], { learner: { ...documentWith([]).learner, bday } })).subject['dateOfBirth']
    expect(birth('1999-02-28')).toBe('1999-02-28T00:00:00')
    expect(birth('1999-02-28+02:00')).toBe('1999-02-28T00:00:00+02:00')
    expect(birth('28.2.1999')).toBeUndefined()
  })

  it('carries every attachment that can be read, with what kind of file it is', () => {
    const elmo = documentWith([], {
      attachments: [
        {
          type: 'EMREX transcript',
          title: [{ value: 'T' }],
          content: [{ value: 'data:application/pdf;base64,JVBE Rg==' }],
        },
        { content: [{ value: 'JVBERg==' }, { lang: 'en', value: 'data:text/plain;charset=UTF-8,a%20b' }] },
        { content: [{ value: 'data:application/pdf;base64,JVB…' }] },
        { title: [{ value: 'Nothing' }] },
      ],
    })
    const { credential, lines } = convert(elmo)
    const files = credential?.['attachment'] as unknown as Record<string, ElmNode & string>[]
    expect(files.map(({ content, contentType }) => [content, contentType?.['id'], contentType?.['notation']])).toEqual([
      ['JVBERg==', 'http://publications.europa.eu/resource/authority/file-type/PDF', undefined],
      ['JVBERg==', expect.any(String), 'application/octet-stream'],
      ['YSBi', expect.any(String), 'text/plain;charset=UTF-8'],
    ])
    expect(checkElm({ ...credential, credentialSubject: undefined }).map(({ path }) => path)).toEqual([
      '/credentialSubject',
    ])
    expect(lines.slice(1)).toEqual([
      'VALUE_REWRITTEN /attachments/0/content/0/value',
      'ATTACHMENT_DIVIDED /attachments/1',
      'VALUE_REWRITTEN /attachments/1/content/0/value',
      'VALUE_REWRITTEN /attachments/1/content/1/value',
      'NO_COUNTERPART /attachments/1/content/1/lang',
      'ATTACHMENT_PLACE /attachments/1',
      'CONTENT_NOT_READABLE /attachments/2/content/0',
      'ATTACHMENT_PLACE /attachments/2',
      'ATTACHMENT_EMPTY /attachments/3',
      'ATTACHMENT_PLACE /attachments/3',
      usual[1],
      'PROFILE_DEMANDS /credentials/0/credentialSubject/hasClaim',
    ])
    const back = fromElm(credential)
    expect(back.elmo.attachments).toEqual([
      {
        type: 'EMREX transcript',
        title: [{ value: 'T' }],
        content: [{ value: 'data:application/pdf;base64,JVBERg==' }],
      },
    ])
    expect(back.elmo.reports[0]?.attachment?.map(({ content }) => content?.[0]?.value)).toEqual([
      'data:application/octet-stream;base64,JVBERg==',
      'data:text/plain;charset=UTF-8;base64,YSBi',
    ])
  })

  it('carries a Diploma Supplement as a file', () => {
    const diplomaSupplement = {
      version: '2018',
      issueDate: '2026-01-01',
      introduction: '',
      section: [{ number: '1', title: 'Holder' }],
    }
    const { credential, lines } = convert(documentWith([course('C', { diplomaSupplement })]))
    const [file] = credential?.['attachment'] as unknown as { content: string; attachmentType: ElmNode }[]
    expect(JSON.parse(Buffer.from(file?.content ?? '', 'base64').toString())).toEqual(diplomaSupplement)
    expect(file?.attachmentType['notation']).toBe('Diploma Supplement')
    expect(lines[1]).toBe(
      `SUPPLEMENT_AS_ATTACHMENT ${place}/0/instance/diplomaSupplement -> /credentials/0/attachment/0`,
    )
  })

  it('takes a word for no file, and base64 only when it can be decoded', () => {
    const contentOf = (value: string) => {
      const { credential, lines } = convert(documentWith([], { attachments: [{ content: [{ value }] }] }))
      const [file] = (credential?.['attachment'] ?? []) as unknown as { content: string }[]
      expect(lines.includes('CONTENT_NOT_READABLE /attachments/0/content/0')).toBe(file === undefined)
      return file?.content
    }
    for (const word of ['Transcript', 'n/a', 'test', 'QUJ', 'See the transcript of last year', 'Supplement12345', '']) {
      expect([word, contentOf(word)]).toEqual([word, undefined])
    }
    for (const broken of ['Q', 'QUJDQ', 'QU=JD', 'Q===']) expect(contentOf(`data:;base64,${broken}`)).toBeUndefined()
    expect(contentOf('JVBERg==')).toBe('JVBERg==')
    expect(contentOf('JVBERi0xLjQKJcOk\nw7zDtsOf')).toBe('JVBERi0xLjQKJcOkw7zDtsOf')
    expect(contentOf('data:application/pdf;base64,JVBERg')).toBe('JVBERg==')
  })

  it('takes no name that every object of the language has for one of a table', () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      const attachments = [{ type: 'Other', content: [{ value: `data:${name};base64,QUJD` }] }]
      const elmo = documentWith([{ ...course('C'), type: name }], { attachments })
      const { credentials, credential, claims } = convert(elmo)
      expect(checkElm(credential)).toEqual([])
      expect(JSON.stringify(credentials)).not.toContain('native code')
      const [file] = credential?.['attachment'] as unknown as { contentType: ElmNode }[]
      expect(file?.contentType['notation']).toBe(name)
      expect((claims[0]?.['learningOpportunity']?.['dcType'] as unknown as ElmNode[])[0]?.['notation']).toBe(name)
      expect(fromElm(credentials).elmo.reports[0]?.learningOpportunitySpecification?.[0]?.type).toBe(name)
    }
  })
})
