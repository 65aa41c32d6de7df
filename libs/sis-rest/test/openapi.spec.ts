import { readFileSync } from 'node:fs'
import { signElmo, verifyElmo, writeElmo, type Elmo } from '@emrex-gateway/elmo'
import { makeThrowawaySigner, restSubjectOf, type RestSis } from '@emrex-gateway/testing'
import { studentOf, students } from '@emrex-gateway/testing/population'
import { signRequest } from '../src/index.js'
import { openApi, openApiText, problemsWith, resolved, type Content } from './openapi.js'
import { openRest } from './rest-under-test.js'

const operations = Object.entries(openApi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)
const contentsOf = ({ requestBody, responses }: (typeof operations)[number]['operation']): Content[] => [
  ...(requestBody === undefined ? [] : [requestBody.content]),
  ...Object.values(responses).map((response) => (resolved(response) as { content?: Content }).content ?? {}),
]

function everyReference(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const { $ref } = value as { $ref?: unknown }
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(value).flatMap(everyReference)]
}

describe('openapi.yaml', () => {
  it('is OpenAPI 3.1 with the calls of the plugin, each with a name of its own', () => {
    expect(openApi.openapi).toMatch(/^3\.1\.\d+$/)
    expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'get /institutions',
      'post /persons/search',
      'get /enrolments/{id}/reports',
      'get /attachments/{id}',
      'post /deliveries',
      'get /deliveries/{id}',
    ])
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
  })

  it('refers to nothing that is not there', () => {
    const references = everyReference(openApi)
    expect(references.length).toBeGreaterThan(30)
    for (const $ref of references) expect([$ref, resolved({ $ref })]).toEqual([$ref, expect.anything()])
    for (const name of openApi.security.flatMap(Object.keys))
      expect(openApi.components.securitySchemes).toHaveProperty(name)
  })

  it('declares what stands in its paths, and how each call fails', () => {
    for (const { path, operation } of operations) {
      const declared = (operation.parameters ?? []).map((one) => resolved(one) as { name: string; in: string })
      const named = declared.filter((one) => one.in === 'path').map(({ name }) => name)
      expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))
      expect(resolved(operation.responses['default'])).toHaveProperty(['content', 'application/problem+json'])
    }
  })

  it('has examples that its own schemas take', () => {
    let seen = 0
    for (const content of operations.flatMap(({ operation }) => contentsOf(operation)))
      for (const [type, { schema, example, examples = {} }] of Object.entries(content))
        for (const value of [example, ...Object.values(examples).map((each) => each.value)].filter(
          (one) => one !== undefined,
        )) {
          seen += 1
          expect([type, problemsWith(schema, value)]).toEqual([type, []])
        }
    expect(seen).toBeGreaterThan(20)
  })

  it('would not take other values', () => {
    const { Institutions, Receipt, Document } = openApi.components.schemas
    expect(problemsWith(Institutions!, { institutions: [{ code: '' }] })).not.toEqual([])
    expect(problemsWith(Receipt!, { state: 'lost' })).not.toEqual([])
    const los = { title: [{ value: 'X' }], instance: { credit: [{ scheme: 'ects', value: '7,5' }] } }
    const issuer = { identifier: [], title: [{ value: 'X' }], url: '' }
    const reports = [{ issuer, issueDate: '', learningOpportunitySpecification: [{ ...los, parts: [los] }] }]
    const head = { elmo: null, namespace: '', generatedDate: '', learner: { givenNames: '', familyName: '' } }
    expect(problemsWith(Document!, { ...head, reports }).join()).toContain('credit')
  })

  it('shows signatures that are right, and so does the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    const secret = Buffer.from('AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=', 'base64')
    const date = '2026-01-01T00:00:00.000Z'
    for (const request of [
      { method: 'GET', target: '/emrex/institutions', date, body: '' },
      { method: 'POST', target: '/emrex/persons/search', date, body: '{"claims":[]}' },
    ]) {
      const { authorization } = signRequest(request, { keyId: 'gateway-1', secret })
      const signature = /signature="([^"]+)"/.exec(authorization!)![1]!
      expect(openApiText).toContain(signature)
      expect(readme).toContain(signature)
    }
  })
})

describe('what goes over the wire', () => {
  const context = { signal: new AbortController().signal, languages: ['en'], reference: 'wire' }
  const elmo: Elmo = {
    generatedDate: '2026-01-01T00:00:00Z',
    learner: { givenNames: 'Ada', familyName: 'Prøve' },
    reports: [
      {
        issuer: { identifier: [{ type: 'schac', value: 'far.example' }], title: [{ value: 'Far' }], url: '' },
        learningOpportunitySpecification: [{ title: [{ value: 'X' }], type: 'Course', instance: { status: 'passed' } }],
        issueDate: '2026-01-01T00:00:00Z',
      },
    ],
  }

  async function everyCall(sis: RestSis, { source, target }: Awaited<ReturnType<typeof openRest>>['connection']) {
    await source!.institutions(context)
    for (const student of students.filter((each) => each.protected !== true)) {
      const subject = restSubjectOf(student)
      for (const enrolment of await source!.find(subject, context))
        for await (const _ of source!.reports(enrolment, { failed: true, inProgress: true }, context, subject));
    }
    const signer = await makeThrowawaySigner()
    const outcome = verifyElmo(signElmo(writeElmo(elmo), signer), {
      certificates: [signer.certificate],
      at: new Date(),
    })
    if (!outcome.verified) throw new Error(outcome.code)
    const [owner] = await target!.match(restSubjectOf(studentOf('ada'), 'nationalId'), context)
    const origin = { ncp: 'Gora NCP', country: 'PL', receivedAt: '2026-01-02T03:04:05.000Z' }
    const trust = { certificates: [signer.certificate] }
    const match = { verdict: 'same', reasons: ['identifier-shared'] } as const
    await target!.submit({ id: 'one/1', owner: owner!, match, origin, document: outcome.document, trust }, context)
    await target!.status!('one/1', context)
    await target!.status!('two', context)
    return sis.seen
  }

  it.each(['json', 'lines'] as const)('is what the document says, both ways: %s', async (form) => {
    const { sis, connection, close } = await openRest({ form })
    try {
      const met = new Set<string>()
      for (const { request, reply } of await everyCall(sis, connection)) {
        const path = request.path.replace(/^\/emrex/, '')
        const found = operations.find(
          (each) =>
            each.method === request.method.toLowerCase() &&
            new RegExp(`^${each.path.replace('{id}', '[^/]+')}$`).test(path),
        )!
        met.add(found.operation.operationId)
        const asked = found.operation.requestBody?.content['application/json']?.schema
        if (asked) expect(problemsWith(asked, JSON.parse(request.body.toString()))).toEqual([])
        const { responses } = found.operation
        const said = resolved(responses[String(reply.status ?? 200)] ?? responses['default']) as { content: Content }
        const type = reply.headers!['content-type']!
        const pieces = type === 'application/x-ndjson' ? String(reply.body).trim().split('\n') : [String(reply.body)]
        for (const piece of pieces) expect(problemsWith(said.content[type]!.schema, JSON.parse(piece))).toEqual([])
      }
      expect([...met].sort()).toEqual(
        ['deliveryStatus', 'listInstitutions', 'readReports', 'searchPersons', 'takeDelivery'].sort(),
      )
    } finally {
      await close()
    }
  })

  it('holds no fact about a person in any address', async () => {
    const { sis, connection, close } = await openRest()
    try {
      const addresses = (await everyCall(sis, connection))
        .map(({ request }) => decodeURIComponent(request.target))
        .join()
      for (const { family, given, number, birthDate, nationalId } of students)
        for (const word of [family, given, number, birthDate, nationalId?.value ?? ''].filter((one) => one.length > 3))
          expect(addresses).not.toContain(word)
    } finally {
      await close()
    }
  })
})
