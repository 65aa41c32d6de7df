import { goldenElmo, goldenXml } from '../../test/golden.js'
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
