import { goldenElmo, goldenXml, releaseXml } from '../../test/golden.js'
import type { AttachmentContent, Elmo } from '../model.js'
import { readElmo } from './read-elmo.js'

const v1 = 'https://github.com/emrex-eu/elmo-schemas/tree/v1'
const issuer = '<issuer><identifier type="schac">uni.example</identifier><title>U</title><url>u</url></issuer>'
const date = '2026-03-02T09:30:00Z'
const report = `<report>${issuer}<issueDate>${date}</issueDate></report>`
const learner = '<learner><givenNames>Anna</givenNames><familyName>Testsson</familyName></learner>'

function read(content: string, namespace: string = v1): { result: ReturnType<typeof readElmo>; rules: string[] } {
  const result = readElmo(Buffer.from(`<elmo xmlns="${namespace}">${content}</elmo>`))
  return { result, rules: result.problems.map(({ rule }) => rule) }
}

const ds = 'http://www.w3.org/2000/09/xmldsig#'
const signature =
  `<Signature xmlns="${ds}"><SignedInfo><CanonicalizationMethod Algorithm="c"/><SignatureMethod Algorithm="s"/>` +
  '<Reference><DigestMethod Algorithm="d"/><DigestValue>VGVzdA==</DigestValue></Reference></SignedInfo>' +
  '<SignatureValue>VGVzdA==</SignatureValue></Signature>'

const minimal = `<generatedDate>${date}</generatedDate>${learner}${report}`

const instance = '<learningOpportunityInstance>'
const course = minimal.replace(
  '<issueDate>',
  '<learningOpportunitySpecification><title>C</title><specifies><learningOpportunityInstance>' +
    '</learningOpportunityInstance></specifies></learningOpportunitySpecification><issueDate>',
)
const loi = ({ reports: [one] }: Elmo) => one?.learningOpportunitySpecification?.[0]?.instance

describe('readElmo', () => {
  it('refuses a document that is no ELMO', () => {
    expect(() => readElmo(Buffer.from('<emrex-ncp-elmo-response/>'))).toThrow(
      expect.objectContaining({ code: 'ELMO_NOT_ELMO' }),
    )
  })

  it.each(['', `${v1}.3.0`, 'http://purl.org/net/elmo', 'urn:odd'])(
    'reads the namespace "%s" and says so',
    (namespace) => {
      const { result, rules } = read(minimal, namespace)
      expect(rules).toEqual(['P-NS-VARIANT'])
      expect(result.namespace).toBe(namespace)
      expect(result.elmo).toEqual(read(minimal).result.elmo)
    },
  )

  it('reads the golden document in no namespace as in its own', () => {
    const bare = goldenXml('maximal').toString().replace(` xmlns="${v1}"`, '')
    expect(readElmo(Buffer.from(bare)).elmo).toEqual(goldenElmo('maximal'))
  })

  it('takes a foreign element of a known name for foreign', () => {
    const foreign = `<x:report xmlns:x="urn:x">${issuer}<issueDate>${date}</issueDate></x:report>`
    const { result, rules } = read(minimal + foreign)
    expect(rules).toEqual(['GRAMMAR-UNKNOWN-ELEMENT'])
    expect(result.elmo.reports).toHaveLength(1)
  })

  it('takes the first where only one may stand', () => {
    const other = learner.replace('Anna', 'Berta')
    const { result, rules } = read(minimal.replace(learner, learner + other))
    expect(result.elmo.learner.givenNames).toBe('Anna')
    expect(rules).toEqual(['GRAMMAR-TOO-MANY'])
  })

  it('reads several results in one hasPart as parts, and says so', () => {
    const part = (title: string, parts = '') =>
      `<learningOpportunitySpecification><title>${title}</title><specifies><learningOpportunityInstance/></specifies>` +
      `${parts}</learningOpportunitySpecification>`
    const hasPart = (...parts: string[]) => `<hasPart>${parts.join('')}</hasPart>`
    const wrong = hasPart(part('A'), part('B', hasPart(part('B1'), part('B2'))), part('C')) + hasPart(part('D'))
    const right = [part('A'), part('B', hasPart(part('B1')) + hasPart(part('B2'))), part('C'), part('D')]
    const holding = (parts: string) => course.replace('</specifies>', `</specifies>${parts}`)
    const { result, rules } = read(holding(wrong))
    expect(result.elmo).toEqual(read(holding(right.map((each) => hasPart(each)).join(''))).result.elmo)
    expect(rules).toEqual(['GRAMMAR-TOO-MANY', 'P-PART-MULTI', 'GRAMMAR-TOO-MANY', 'P-PART-MULTI', 'P-PART-MULTI'])
    expect(result.releases).toEqual([])
    expect(result.problems.filter(({ message }) => message.includes('left out'))).toEqual([])
  })

  it('makes no result of a hasPart without one, and says that it is missing', () => {
    const part = course.replace(
      /^[^]*?(<learningOpportunitySpecification>[^]*<\/learningOpportunitySpecification>)[^]*/,
      '$1',
    )
    const holding = (parts: string) => course.replace('</specifies>', `</specifies>${parts}`)
    const { result, rules } = read(holding(`<hasPart/><hasPart>${part}</hasPart><hasPart><course/></hasPart>`))
    expect(result.elmo).toEqual(read(holding(`<hasPart>${part}</hasPart>`)).result.elmo)
    expect(rules).toEqual(['GRAMMAR-MISSING', 'GRAMMAR-MISSING', 'GRAMMAR-UNKNOWN-ELEMENT'])
  })

  it('says which results are left out', () => {
    const part = '<hasPart><learningOpportunitySpecification/></hasPart>'
    for (const [content, message] of [
      [course.replace('</specifies>', '<learningOpportunityInstance/></specifies>'), 'what stands further is left out'],
      [course.replace('<specifies>', `<specifies>${part}`), '"hasPart" is not known here; it is left out'],
    ] as const) {
      expect(read(content).result.problems.map((problem) => problem.message)).toEqual([
        expect.stringContaining(message),
      ])
    }
  })

  it('counts only the learner of the document', () => {
    const inside = minimal.replace('<report>', `<report>${learner.replace('Anna', 'Berta')}`).replace(learner, '')
    const { result, rules } = read(inside)
    expect(result.elmo.learner.givenNames).toBe('')
    expect(rules).toEqual(['GRAMMAR-MISSING', 'GRAMMAR-UNKNOWN-ELEMENT'])
  })

  it('reads a wrong order as if it were right', () => {
    const { result, rules } = read(`${report}${learner}<generatedDate>${date}</generatedDate>`)
    expect(result.elmo).toEqual(read(minimal).result.elmo)
    expect(rules).toEqual(['P-ORDER', 'P-ORDER'])
  })

  it('gives the promised shape for a document with nothing in it', () => {
    const { result } = read('')
    expect(result.elmo).toEqual({ generatedDate: '', learner: { givenNames: '', familyName: '' }, reports: [] })
    expect(result.problems.map(({ message }) => message)).toEqual([
      'the element "generatedDate" is missing',
      'the element "learner" is missing',
      'the element "report" is missing',
    ])
  })

  it('passes over the signature of the document, and says when there are two', () => {
    expect(read(minimal + signature).rules).toEqual([])
    expect(read(minimal + signature).result.elmo).toEqual(read(minimal).result.elmo)
    expect(read(minimal + signature + signature).rules).toEqual(['GRAMMAR-TOO-MANY'])
  })

  it('reads the root that the first draft had', () => {
    const draft = `<emrex-ncp-elmo-response xmlns="https://github.com/emrex-eu/elmo-schemas/tree/1.0">${minimal}</emrex-ncp-elmo-response>`
    const { elmo, problems, releases } = readElmo(Buffer.from(draft))
    expect(elmo).toEqual(read(minimal).result.elmo)
    expect(problems.map(({ rule }) => rule)).toEqual(['P-NS-VARIANT', 'P-ROOT'])
    expect(releases).toEqual([])
  })

  const report1 = ({ reports: [one] }: Elmo) => one
  it.each<[string, string, string, string, (elmo: Elmo) => unknown, string]>([
    [
      'a type in other letters',
      '<learner>',
      '<learner><identifier type="ESI">1</identifier>',
      'P-CASE @type',
      ({ learner }) => learner.identifier?.[0]?.type,
      'ESI',
    ],
    [
      'a status in other letters',
      instance,
      '<status>Passed</status>',
      'P-CASE status',
      (x) => loi(x)?.status,
      'Passed',
    ],
    [
      'a scheme in other letters',
      instance,
      '<credit><scheme>ECTS</scheme></credit>',
      'P-CASE scheme',
      (x) => loi(x)?.credit?.[0]?.scheme,
      'ECTS',
    ],
    [
      'bare base64',
      '</issueDate>',
      '<attachment><content>JVBERi0xLjQKJSVFT0YK</content></attachment>',
      'P-BARE-BASE64 content[1]',
      (x) => report1(x)?.attachment?.[0]?.content?.[0]?.value,
      'JVBERi0xLjQKJSVFT0YK',
    ],
    [
      'a level whose value is a second description',
      instance,
      '<level><type>EQF</type><description>E</description><description> 6 </description></level>',
      'GRAMMAR-TOO-MANY level[1]',
      (x) => loi(x)?.level?.[0]?.value,
      '6',
    ],
    ['a value nobody knows', instance, '<status>gone</status>', 'GRAMMAR-ENUM status', (x) => loi(x)?.status, 'gone'],
    [
      'an element in no namespace',
      instance,
      '<status xmlns="">passed</status>',
      'P-NS-VARIANT status',
      (x) => loi(x)?.status,
      'passed',
    ],
  ])('reads %s, keeps it and says so once', (_, where, added, problem, valueOf, value) => {
    const { result } = read(course.replace(where, added.startsWith(where) ? added : where + added))
    expect(result.problems.map(({ rule, path }) => `${rule} ${path?.split('/').pop()}`)).toEqual([problem])
    expect(valueOf(result.elmo)).toBe(value)
  })

  it('says nothing of releases that nobody asked for', () => {
    const { problems, releases, release } = readElmo(goldenXml('maximal'))
    expect({ problems, releases, release }).toEqual({ problems: [], releases: ['1.7.0'], release: '1.7.0' })
  })

  it('tells what breaks a release that is asked for, with line and column', () => {
    const { problems, release } = readElmo(goldenXml('maximal'), { release: '1.6.0' })
    expect(release).toBe('1.6.0')
    expect(problems.map(({ rule, message, path }) => ({ rule, message, path }))).toEqual([
      {
        rule: 'GRAMMAR-TOO-MANY',
        message: '"title" stands several times, but may stand once only in ELMO 1.3.0 to 1.6.0',
        path: '/elmo/groups/groupType[1]/group[1]',
      },
    ])
    expect(problems[0]?.line).toBeGreaterThan(100)
  })

  it('chooses the release with the fewest problems to tell about', () => {
    // Wrong everywhere, and with a level of credits, which 2.0.0 does not know.
    const odd = course.replace(instance, `${instance}<credit><scheme>ects</scheme><level>PhD</level></credit><grade/>`)
    const { problems, releases, release } = read(odd).result
    expect({ releases, release, rules: problems.map(({ rule }) => rule) }).toEqual({
      releases: [],
      release: '1.7.0',
      rules: ['GRAMMAR-UNKNOWN-ELEMENT'],
    })
  })

  it('lists a thousand problems and counts the others', () => {
    const { problems } = read(minimal.replace('</report>', `${'<grade/>'.repeat(1500)}</report>`)).result
    expect(problems).toHaveLength(1001)
    expect(problems[1000]?.message).toBe('there are 500 more problems')
  })

  it.each([
    ['courses', '<hasPart><learningOpportunitySpecification>', '</learningOpportunitySpecification></hasPart>'],
    ['signatures', `<Object xmlns="${ds}"><Signature>`, '</Signature></Object>'],
    ['documents in extensions', `<extension><x:a xmlns:x="u"><elmo>`, '</elmo></x:a></extension>'],
  ])('refuses %s nested deeper than it can read, whatever the limits are', (_, open, close) => {
    const nested = open.repeat(20_000) + close.repeat(20_000)
    const inside = open.startsWith('<h')
      ? course.replace('</specifies>', `</specifies>${nested}`)
      : `${minimal}<extension>${nested}</extension>`
    const document = Buffer.from(`<elmo xmlns="${v1}">${inside}</elmo>`)
    expect(() => readElmo(document, { limits: { maxDepth: 100_000 } })).toThrow(
      expect.objectContaining({ code: 'ELMO_TOO_DEEP' }),
    )
  })

  it('reads an extension of any depth', () => {
    const nested = '<x:a xmlns:x="u">'.repeat(20_000) + '</x:a>'.repeat(20_000)
    const document = Buffer.from(`<elmo xmlns="${v1}">${minimal}<extension>${nested}</extension></elmo>`)
    expect(readElmo(document, { limits: { maxDepth: 100_000 } }).elmo.extension).toEqual([nested])
  })

  it('keeps attributes of extensions and introductions', () => {
    const { elmo, problems } = readElmo(releaseXml('1.7.0'))
    const [los] = elmo.reports[0]?.learningOpportunitySpecification ?? []
    const lang = { name: 'lang', namespace: 'http://www.w3.org/XML/1998/namespace', value: 'en' }
    expect(problems).toEqual([])
    expect(elmo.extensionAttributes).toEqual([lang])
    expect(los?.extensionAttributes).toEqual([{ ...lang, name: 'space', value: 'default' }])
    expect(los?.instance.extensionAttributes).toEqual([lang])
    expect(los?.instance.diplomaSupplement?.introductionAttributes).toEqual([
      lang,
      { name: 'kind', namespace: '', value: 'model' },
    ])
    expect(elmo.reports[0]?.attachment?.[0]?.extensionAttributes?.[0]?.name).toBe('base')
  })

  it('keeps the content of attachments that is XML in 1.0 and 1.1', () => {
    const { elmo, problems } = readElmo(releaseXml('1.1.0'))
    expect(problems).toEqual([])
    expect(elmo.reports[0]?.attachment?.[0]?.content).toEqual([
      {
        lang: 'en',
        value: 'data:text/plain;base64,',
        raw: 'data:text/plain;base64,<x:part xmlns:x="urn:example:extension" x:n="1">VGVzdA==</x:part>',
        attributes: [{ name: 'kind', namespace: '', value: 'any' }],
      },
    ])
  })

  it('keeps the signature of the document only when asked', () => {
    const xml = Buffer.from(`<elmo xmlns="${v1}">${minimal}${signature}</elmo>`)
    expect(readElmo(xml).elmo.signature).toBeUndefined()
    expect(readElmo(xml, { keepSignature: true }).elmo.signature).toBe(signature)
  })

  it('reads a long text when it is asked for, and gives it like any other', () => {
    const value = `data:application/pdf;base64,${'A'.repeat(100_000)}`
    const withContent = minimal.replace(
      '</report>',
      `<attachment><content>\n${value}\n</content></attachment></report>`,
    )
    const contentOf = (): AttachmentContent =>
      read(withContent).result.elmo.reports[0]?.attachment?.[0]?.content?.[0] as AttachmentContent
    expect(Object.getOwnPropertyDescriptor(contentOf(), 'value')?.get).toBeDefined()
    expect(contentOf()).toEqual({ value })
    expect({ ...contentOf() }).toEqual({ value })
    expect(JSON.parse(JSON.stringify(contentOf()))).toEqual({ value })
    expect(structuredClone(contentOf())).toEqual({ value })
    const content = contentOf()
    expect(content.value).toBe(value)
    expect(Object.getOwnPropertyDescriptor(content, 'value')?.value).toBe(value)
    const other = contentOf()
    other.value = 'mine'
    expect(other).toEqual({ value: 'mine' })
  })

  it('keeps values that break the table as they are', () => {
    const odd = minimal.replace('</familyName>', '</familyName><bday> 2014-11-28+02:00 </bday><gender>f</gender>')
    const { result, rules } = read(odd)
    expect(result.elmo.learner).toMatchObject({ bday: '2014-11-28+02:00', gender: 'f' })
    expect(rules).toEqual(['GRAMMAR-VALUE'])
  })

  it('quotes no value', () => {
    const odd = minimal.replace(
      '</familyName>',
      '</familyName><bday>Berta</bday><nickname is="Berta">Berta</nickname>Berta',
    )
    const { problems } = read(odd).result
    expect(problems.map(({ rule }) => rule)).toEqual(['GRAMMAR-TEXT', 'GRAMMAR-VALUE', 'GRAMMAR-UNKNOWN-ELEMENT'])
    expect(JSON.stringify(problems)).not.toContain('Berta')
  })
})
