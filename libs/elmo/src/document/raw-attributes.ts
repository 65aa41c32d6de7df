import { namespaces } from '../grammar/namespaces.js'
import type { RawAttribute } from '../model.js'
import type { Declarations } from '../xml/canonical-raw.js'
import { compareText } from '../xml/compare-text.js'
import { escapeAttribute } from '../xml/escape-xml.js'

/**
 * Attributes that the model keeps beside raw XML, in canonical form, with prefixes of our own for their namespaces; and
 * the declarations in force inside their element.
 */
export function rawAttributes(
  attributes: readonly RawAttribute[],
  outside: Declarations,
): { readonly text: string; readonly outside: Declarations } {
  if (attributes.length === 0) return { text: '', outside }
  const foreign = [...new Set(attributes.map(({ namespace }) => namespace))].filter(
    (namespace) => namespace !== '' && namespace !== namespaces.xml,
  )
  const prefixes = new Map(foreign.sort(compareText).map((namespace, index) => [namespace, `n${index}`]))
  const declarations = [...prefixes].sort(([, a], [, b]) => compareText(a, b))
  let text = declarations.map(([uri, prefix]) => ` xmlns:${prefix}="${escapeAttribute(uri)}"`).join('')
  const sorted = [...attributes].sort((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name))
  for (const { name, namespace, value } of sorted) {
    const prefix = namespace === namespaces.xml ? 'xml' : prefixes.get(namespace)
    text += ` ${prefix === undefined ? '' : `${prefix}:`}${name}="${escapeAttribute(value)}"`
  }
  return { text, outside: new Map([...outside, ...declarations.map(([uri, prefix]) => [prefix, uri] as const)]) }
}
