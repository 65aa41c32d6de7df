type Schema = Readonly<Record<string, unknown>>

/**
 * Where a value departs from a schema of an OpenAPI document: the words that ours uses, and stricter in one thing. A
 * member that is not described is a flaw, for a client could not know it.
 */
export function schemaFlaws(document: object, schema: Schema, value: unknown, at = ''): string[] {
  const known = (name: string) => schema[name] as never
  if (schema['$ref'] !== undefined) return schemaFlaws(document, resolve(document, known('$ref')), value, at)
  if (schema['allOf'] !== undefined)
    return (known('allOf') as Schema[]).flatMap((one) => schemaFlaws(document, one, value, at))
  if (schema['oneOf'] !== undefined) return oneOfFlaws(document, schema, value, at)
  if (value === null) return known('nullable') === true || typesOf(schema).includes('null') ? [] : [`${at} is null`]
  const flaws: string[] = []
  if (schema['enum'] !== undefined && !(known('enum') as unknown[]).includes(value)) flaws.push(`${at} is not in enum`)
  const [type] = typesOf(schema)
  if (type === 'string') flaws.push(...textFlaws(schema, value, at))
  else if (type === 'integer' && !Number.isInteger(value)) flaws.push(`${at} is no integer`)
  else if (type === 'boolean' && typeof value !== 'boolean') flaws.push(`${at} is no boolean`)
  else if (type === 'array') {
    if (!Array.isArray(value)) return [`${at} is no list`]
    value.forEach((item, index) => flaws.push(...schemaFlaws(document, known('items'), item, `${at}/${index}`)))
  } else if (type === 'object') {
    if (typeof value !== 'object' || Array.isArray(value)) return [`${at} is no object`]
    const {
      properties = {},
      required = [],
      additionalProperties,
    } = schema as {
      properties?: Record<string, Schema>
      required?: string[]
      additionalProperties?: Schema
    }
    for (const name of required) if (!Object.hasOwn(value, name)) flaws.push(`${at}/${name} is missing`)
    for (const [name, member] of Object.entries(value)) {
      const of = properties[name] ?? additionalProperties
      if (of === undefined) flaws.push(`${at}/${name} is not described`)
      else flaws.push(...schemaFlaws(document, of, member, `${at}/${name}`))
    }
  } else if (type === undefined) throw new Error(`a schema without a type at ${at}`)
  return flaws
}

const typesOf = ({ type }: Schema): unknown[] => (Array.isArray(type) ? type : [type])

function textFlaws({ format, pattern }: Schema, value: unknown, at: string): string[] {
  if (typeof value !== 'string') return [`${at} is no text`]
  if (typeof pattern === 'string' && !new RegExp(pattern).test(value)) return [`${at} does not fit ${pattern}`]
  if (format === 'date-time' && Number.isNaN(Date.parse(value))) return [`${at} is no instant`]
  if (format === 'uri' && !URL.canParse(value)) return [`${at} is no address`]
  return []
}

function oneOfFlaws(document: object, schema: Schema, value: unknown, at: string): string[] {
  const { propertyName, mapping } = schema['discriminator'] as { propertyName: string; mapping: Record<string, string> }
  const name = String((value as Record<string, unknown>)[propertyName])
  const chosen = mapping[name]
  if (chosen === undefined) return [`${at}/${propertyName} is none of those described`]
  return schemaFlaws(document, resolve(document, chosen), value, at)
}

function resolve(document: object, ref: string): Schema {
  const found = ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], document)
  if (found === undefined) throw new Error(`nothing stands at ${ref}`)
  return found as Schema
}
