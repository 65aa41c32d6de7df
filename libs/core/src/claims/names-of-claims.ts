import type { NameForm } from '../identity.js'
import { type Asserted, MalformedClaim, onlyOf } from './asserted.js'
import type { ClaimGoal } from './claim-rules.js'

/** A name as it was asserted: in Latin letters, in those of its country, or both. */
interface WrittenName {
  readonly latin?: string
  readonly native?: string
}

/** What the claims of a login say about names, by what they give. */
export type AssertedNames = ReadonlyMap<ClaimGoal, Asserted>

/**
 * The names of a login, side by side: current in Latin letters, current in the letters of the country, at birth. A full name
 * is never split: it is a family name without a given one. Somebody with one name has the other one empty.
 *
 * @throws {MalformedClaim} when a name has two values of one script
 */
export function namesOfClaims(names: AssertedNames): NameForm[] {
  const family = written(names.get('family-name'))
  const given = written(names.get('given-name'))
  const whole = written(names.get('full-name'))
  const current = family.any || given.any ? pairs('current', family, given) : pairs('current', whole, {})
  const birth = birthNames(names, family, given)
  return [...current, ...birth.filter((one) => !current.some((other) => isSame(one, other)))]
}

function birthNames(names: AssertedNames, family: WrittenName, given: WrittenName): NameForm[] {
  const birthFamily = written(names.get('birth-family-name'))
  const birthGiven = written(names.get('birth-given-name'))
  // Whoever asserts one of the two says that the other one is as it was.
  if (birthFamily.any || birthGiven.any)
    return pairs('birth', birthFamily.any ? birthFamily : family, birthGiven.any ? birthGiven : given)
  const whole = written(names.get('birth-full-name'))
  const [latin, native] = [behind(whole.latin, given.latin), behind(whole.native, given.native)]
  return [
    ...(latin === undefined ? [] : [{ ...latin, kind: 'birth' as const }]),
    ...(native === undefined ? [] : [{ ...native, kind: 'birth' as const, script: 'native' as const }]),
  ]
}

/** A whole name at birth begins with the given names; where those are asserted too, what is behind them is the family name. */
function behind(whole: string | undefined, given: string | undefined): { family: string; given: string } | undefined {
  if (whole === undefined) return undefined
  return given !== undefined && whole.toUpperCase().startsWith(`${given} `.toUpperCase())
    ? { family: whole.slice(given.length + 1).trim(), given }
    : { family: whole, given: '' }
}

function pairs(kind: NameForm['kind'], family: WrittenName, given: WrittenName): NameForm[] {
  const forms: NameForm[] = []
  if (family.latin !== undefined || given.latin !== undefined)
    forms.push({ family: family.latin ?? '', given: given.latin ?? '', kind })
  if (family.native !== undefined || given.native !== undefined)
    forms.push({
      family: family.native ?? family.latin ?? '',
      given: given.native ?? given.latin ?? '',
      kind,
      script: 'native',
    })
  return forms
}

function written(asserted: Asserted | undefined): WrittenName & { readonly any: boolean } {
  if (asserted === undefined) return { any: false }
  const texts = (isNative: boolean) =>
    asserted.values.filter((value) => (value.isNative ?? false) === isNative).map(({ text }) => text.normalize('NFC'))
  if (asserted.values.length > 2) throw new MalformedClaim(`${asserted.name} has more than two values`)
  const [latin, native] = [onlyOf(asserted.name, texts(false)), onlyOf(asserted.name, texts(true))]
  return { any: true, ...(latin === undefined ? {} : { latin }), ...(native === undefined ? {} : { native }) }
}

const isSame = (a: NameForm, b: NameForm): boolean =>
  a.family === b.family && a.given === b.given && a.script === b.script
