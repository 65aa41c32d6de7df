import { createRequire } from 'node:module'
import { reasons } from '@emrex-gateway/core'
import { importApiDocument } from '@emrex-gateway/smp/nest'
import { schemaFlaws } from './schema-flaws.js'

// Of the older kind of module, which import statements see without its names.
const require = createRequire(import.meta.url)
const { Spectral } = require('@stoplight/spectral-core') as typeof import('@stoplight/spectral-core')
const { oas } = require('@stoplight/spectral-rulesets') as typeof import('@stoplight/spectral-rulesets')

interface Operation {
  readonly operationId: string
  readonly responses: Readonly<Record<string, { readonly content?: object }>>
}

interface Described {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly webhooks: Readonly<Record<string, object>>
  readonly servers: readonly { readonly url: string }[]
  readonly components: {
    readonly schemas: Readonly<Record<string, Readonly<Record<string, never>>>>
    readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, string>>>>
  }
}

let document: Described
beforeAll(async () => {
  const entry = { title: 'Results Service', publicUrl: 'https://emrex.example.edu/smp/jobs' }
  document = (await importApiDocument(entry)) as Described
})

/** What the usual rules for OpenAPI say, each with its place. */
async function findingsIn(text: object): Promise<string[]> {
  const spectral = new Spectral()
  // Every rule, also those beyond the recommended ones, but that a contact has a mail address: the settings have none.
  spectral.setRuleset({ extends: [[oas as never, 'all']], rules: { 'contact-properties': 'off' } })
  const findings = await spectral.run(JSON.stringify(text))
  return findings.map(({ code, path, message }) => `${String(code)} at ${path.join('.')}: ${message}`)
}

describe('the OpenAPI document of the import API', () => {
  it('has no finding by all rules of the linter', async () => {
    expect(await findingsIn(document)).toEqual([])
  })

  it('is looked at by a linter that sees what is wrong', async () => {
    const [path] = Object.keys(document.paths)
    const broken = structuredClone(document) as unknown as { paths: Record<string, Record<string, object>> }
    broken.paths[path!]!['post'] = { responses: {} }
    expect((await findingsIn(broken)).length).toBeGreaterThan(2)
  })

  it('names the calls below the address of the entry, and the webhook', () => {
    expect(document.openapi).toBe('3.1.0')
    expect(document.servers).toEqual([{ url: 'https://emrex.example.edu/smp/jobs/api' }])
    const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    expect(calls.sort()).toEqual([
      'delete /requests/{id}',
      'get /purposes',
      'get /requests/{id}',
      'get /requests/{id}/result',
      'post /requests',
      'post /requests/{id}/link',
    ])
    expect(Object.keys(document.webhooks)).toEqual(['requestChanged'])
  })

  it('calls a key nothing but a bearer token: it is no JSON Web Token, which tools would try to read', () => {
    const { description, ...scheme } = document.components.securitySchemes['key']!
    expect(scheme).toEqual({ type: 'http', scheme: 'bearer' })
    expect(description).toContain('emrex api-key new')
  })

  it('says of every call how it is refused when we are busy', () => {
    const calls = Object.values(document.paths).flatMap((methods) => Object.values(methods))
    for (const { operationId, responses } of calls)
      expect([operationId, Object.keys(responses['503']?.content ?? {})]).toEqual([
        operationId,
        ['application/problem+json'],
      ])
  })

  it('has an example for every member, which is what its schema asks for', () => {
    const told: string[] = []
    for (const [name, { properties = {} }] of Object.entries(document.components.schemas) as [string, never][])
      for (const [member, schema] of Object.entries(properties as Record<string, Record<string, unknown>>)) {
        const isPlain = !('$ref' in schema) && !('allOf' in schema) && schema['enum'] === undefined
        const items = schema['items'] as Record<string, unknown> | undefined
        if (!isPlain || items?.['$ref'] !== undefined || schema['type'] === 'boolean') continue
        if (schema['example'] === undefined) told.push(`${name}.${member} has no example`)
        else told.push(...schemaFlaws(document, schema, schema['example'], `${name}.${member}`))
      }
    expect(told).toEqual([])
  })

  it('names reason codes that exist', () => {
    const text = JSON.stringify(document)
    const codes = [...text.matchAll(/"([A-Z]+_[A-Z_]+)"/g)].map(([, code]) => code!)
    expect(codes.length).toBeGreaterThan(3)
    for (const code of codes) expect(Object.keys(reasons)).toContain(code)
  })
})
