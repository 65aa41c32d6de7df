import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'

export interface OpenApi {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly security: readonly Readonly<Record<string, unknown>>[]
  readonly components: { readonly schemas: Readonly<Record<string, object>>; readonly securitySchemes: object }
}
export interface Operation {
  readonly operationId: string
  readonly parameters?: readonly object[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}
export type Content = Readonly<
  Record<
    string,
    {
      readonly schema: object
      readonly example?: unknown
      readonly examples?: Readonly<Record<string, { value: unknown }>>
    }
  >
>

/** The text of the document that vendors build against. */
export const openApiText = readFileSync(fileURLToPath(new URL('../openapi.yaml', import.meta.url)), 'utf8')
export const openApi = parse(openApiText) as OpenApi

/** What a `$ref` of the document leads to; anything else is itself. */
export function resolved(value: unknown): unknown {
  const reference = (value as { readonly $ref?: string } | null)?.$ref
  if (reference === undefined) return value
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>((from, step) => (from as Readonly<Record<string, unknown>> | undefined)?.[step], openApi)
}

const compiled = new Map<object, z.ZodType>()

/** The problems that a value has with a schema of the document; empty where it fits. */
export function problemsWith(schema: object, value: unknown): readonly string[] {
  let check = compiled.get(schema)
  if (check === undefined) {
    const text = JSON.stringify({ ...schema, $defs: openApi.components.schemas })
    const alone = JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')) as object
    check = z.fromJSONSchema(alone as Parameters<typeof z.fromJSONSchema>[0])
    compiled.set(schema, check)
  }
  const outcome = check.safeParse(value)
  return outcome.success ? [] : outcome.error.issues.map(({ path, message }) => `${path.join('/')}: ${message}`)
}
