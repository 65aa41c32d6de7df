import { pointer } from '../loss-report.js'
import { elmShapes, type ElmKind, type ElmProperty } from './elm-shapes.js'

/** What a credential lacks, or has too often or in a wrong form. It never quotes a value. */
export interface ElmProblem {
  readonly rule: 'ELM-MISSING' | 'ELM-TOO-MANY' | 'ELM-FORM'
  /** JSON Pointer (RFC 6901) into the credential. */
  readonly path: string
  readonly message: string
}

type Fields = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const forms: Readonly<Record<ElmKind, (value: unknown) => boolean>> = {
  texts: (value) =>
    isRecord(value) &&
    Object.values(value).length > 0 &&
    Object.values(value).every((text) => typeof text === 'string'),
  text: (value) => typeof value === 'string',
  dateTime: (value) =>
    typeof value === 'string' && /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.test(value),
  duration: (value) => typeof value === 'string' && /^-?P(?=[\dT])/.test(value),
  integer: (value) => Number.isSafeInteger(value),
  positiveInteger: (value) => Number.isSafeInteger(value) && (value as number) > 0,
  boolean: (value) => typeof value === 'boolean',
  node: (value) => isRecord(value) && typeof value['type'] === 'string',
}

const words: Readonly<Record<ElmKind, string>> = {
  texts: 'texts by language',
  text: 'a text',
  dateTime: 'a date with a time',
  duration: 'a duration',
  integer: 'a whole number',
  positiveInteger: 'a whole number above nought',
  boolean: 'true or false',
  node: 'an object with a type',
}

const typeOf = (node: Fields): string => {
  const { type } = node
  return Array.isArray(type) ? String(type.at(-1)) : String(type)
}

function checkProperty(node: Fields, name: string, rule: ElmProperty, path: string, problems: ElmProblem[]): void {
  const own = pointer(path, name)
  const value = node[name]
  const values = value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value]
  if (values.length < rule.least) problems.push({ rule: 'ELM-MISSING', path: own, message: `"${name}" is missing` })
  if (values.length > rule.most) {
    problems.push({ rule: 'ELM-TOO-MANY', path: own, message: `"${name}" may stand ${rule.most} times at most` })
  }
  values.forEach((each, index) => {
    const at = Array.isArray(value) ? pointer(own, index) : own
    if (!forms[rule.kind](each)) {
      problems.push({ rule: 'ELM-FORM', path: at, message: `must be ${words[rule.kind]}` })
    } else if (rule.kind === 'node') checkNode(each as Fields, at, problems, name === 'issuer')
  })
}

function checkNode(node: Fields, path: string, problems: ElmProblem[], isIssuer = false): void {
  const shape = elmShapes[typeOf(node)]
  if (shape === undefined) return
  for (const [name, rule] of Object.entries(shape)) checkProperty(node, name, rule, path, problems)
  if (isIssuer) {
    checkProperty(node, 'eidasLegalIdentifier', { kind: 'node', least: 1, most: 1 }, path, problems)
  }
}

/**
 * What a credential lacks of the properties that the EDC profile demands, has more often than it allows, or has in a wrong
 * form; for the types that toElm writes. Empty = nothing found.
 *
 * Not checked: whether concepts exist in their vocabularies, the rules of other profiles than the generic one, signatures,
 * and anything that needs the credential as a graph, such as nodes that stand elsewhere and are only named.
 *
 * Spec: SHACL shapes of the European Learning Model, edc-generic-no-cv.
 */
export function checkElm(credential: unknown): ElmProblem[] {
  const problems: ElmProblem[] = []
  if (!isRecord(credential)) return [{ rule: 'ELM-FORM', path: '', message: 'must be an object with a type' }]
  checkNode(credential, '', problems)
  return problems
}
