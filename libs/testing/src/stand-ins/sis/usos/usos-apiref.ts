import { UsosRefusal, type UsosMethod } from './usos-methods.js'
import type { FieldTable } from './usos-fields.js'

/** The methods by which an installation describes itself. */
export function describeMethods(methods: () => Readonly<Record<string, UsosMethod>>): Record<string, UsosMethod> {
  return {
    'services/apiref/method_index': {
      access: 'anonymous',
      answer: () =>
        Object.keys(methods()).map((name) => ({ name, brief_description: { pl: name, en: `About ${name}` } })),
    },
    'services/apiref/method': {
      access: 'anonymous',
      required: ['name'],
      answer: (given) => {
        const name = given.get('name')!
        const method = methods()[name]
        if (method === undefined) throw new UsosRefusal(400, 'object_not_found', 'method')
        return {
          name,
          short_name: name.split('/').at(-1),
          auth_options: {
            consumer: method.access === 'anonymous' ? 'ignored' : 'required',
            token: method.access === 'token' ? 'required' : 'optional',
            scopes: method.scopes ?? [],
          },
          arguments: [
            ...(method.required ?? []).map((argument) => ({ name: argument, is_required: true })),
            ...(method.optional ?? []).map((argument) => ({ name: argument, is_required: false })),
          ],
          result_fields: fieldNames(method.fields?.table ?? {}).map((field) => ({ name: field })),
        }
      },
    },
    'services/apiref/scopes': {
      access: 'anonymous',
      answer: () => ['studies', 'grades', 'personal', 'email', 'offline_access'].map((key) => ({ key })),
    },
    'services/apiref/module': {
      access: 'anonymous',
      required: ['name'],
      answer: (given) => ({
        name: given.get('name'),
        methods: Object.keys(methods()).filter((name) => name.startsWith(`${given.get('name')}/`)),
      }),
    },
  }
}

/** With those of objects within as `programme[id]`. */
const fieldNames = (table: FieldTable): string[] =>
  Object.entries(table).flatMap(([name, inner]) =>
    inner === true ? [name] : [name, ...fieldNames(inner).map((each) => `${name}[${each}]`)],
  )
