import type { AssertedValue, AssertedValues, ClaimRule } from './claim-rules.js'

/** A claim that cannot be what it says: two values where one person has one, or signs that no value holds. */
export class MalformedClaim extends Error {}

const maxValueChars = 1024

/** The claim that serves a rule: its name, and its values that are not blank. */
export interface Asserted {
  readonly name: string
  readonly values: readonly AssertedValue[]
}

/** @throws {MalformedClaim} */
export function assertedOf(rule: ClaimRule, values: AssertedValues): Asserted | undefined {
  if (rule.onlyWhen !== undefined) {
    const { name, values: accepted } = rule.onlyWhen
    if (!(values.get(name) ?? []).some(({ text }) => accepted.includes(text.trim()))) return undefined
  }
  for (const name of rule.names) {
    const found = (values.get(name) ?? []).map((value) => clean(name, value)).filter(({ text }) => text !== '')
    if (found.length > 0) return { name, values: found }
  }
  return undefined
}

function clean(name: string, value: AssertedValue): AssertedValue {
  const text = value.text.trim()
  if (text.length > maxValueChars) throw new MalformedClaim(`${name} is longer than ${maxValueChars} characters`)
  if (/[\p{Cc}\p{Cs}]/u.test(text)) throw new MalformedClaim(`${name} holds control characters`)
  return value.isNative === undefined ? { text } : { text, isNative: value.isNative }
}

/** What of the values serves the rule, behind its prefix where it has one. */
export function textsOf(rule: ClaimRule, { values }: Asserted): string[] {
  const texts = values.map(({ text }) => text)
  if (rule.form !== 'prefixed') return texts
  const prefix = rule.prefix ?? ''
  return texts
    .filter((text) => text.startsWith(prefix))
    .map((text) => text.slice(prefix.length).trim())
    .filter((text) => text !== '')
}

/** @throws {MalformedClaim} when there are two */
export function onlyOf<Value>(name: string, values: readonly Value[]): Value | undefined {
  if (values.length > 1) throw new MalformedClaim(`${name} has ${values.length} values where one is due`)
  return values[0]
}
