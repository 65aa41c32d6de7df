import type { Element } from '@xmldom/xmldom'
import type { AssertedValue, AssertedValues, ClaimRule } from '@emrex-gateway/core'
import type { SamlProfile } from '../profile.js'
import { demand } from '../saml-refusal.js'
import { attributeOf, childrenNamed, childrenOf, textOf } from '../xml/elements.js'
import { namespaces } from '../xml/namespaces.js'
import { subjectOf } from './assertion-checks.js'
import type { NameId } from './response-outcome.js'

const saml = namespaces.assertion
/** Of one value, in characters; an address that eIDAS sends as an XML fragment is the longest of them. */
const maxValueLength = 10_000

/**
 * Whom the assertion is about; undefined: it does not name the person so.
 * @throws {SamlRefusal} `count-name-id`, `enc-form`, `attributes-missing`, `attribute-form`
 */
export function readNameId(assertion: Element, profile: SamlProfile): NameId | undefined {
  const subject = subjectOf(assertion)
  demand(childrenNamed(subject, saml, 'EncryptedID').length === 0, 'enc-form')
  const [element, ...more] = childrenNamed(subject, saml, 'NameID')
  demand(more.length === 0, 'count-name-id')
  const value = element === undefined ? '' : textOf(element, 'attribute-form')
  demand(value.length <= maxValueLength, 'attribute-form')
  demand(value.trim() !== '' || profile.nameId?.required !== true, 'attributes-missing', ['NameID'])
  if (element === undefined || value.trim() === '') return undefined
  const [format, nameQualifier, spNameQualifier] = ['Format', 'NameQualifier', 'SPNameQualifier'].map((name) =>
    attributeOf(element, name),
  )
  return {
    value,
    ...(format === undefined ? {} : { format }),
    ...(nameQualifier === undefined ? {} : { nameQualifier }),
    ...(spNameQualifier === undefined ? {} : { spNameQualifier }),
  }
}

/**
 * The attributes, by Name. Those that the profile has a rule for must be text, and as many values as such a claim can
 * have; of the others, one that is not text is passed over. All that are required are there.
 *
 * @throws {SamlRefusal} `count-attribute-statement`, `enc-form`, `attribute-form`, `attributes-missing`
 */
export function readAttributes(assertion: Element, rules: readonly ClaimRule[]): AssertedValues {
  const [statement, ...more] = childrenNamed(assertion, saml, 'AttributeStatement')
  demand(more.length === 0, 'count-attribute-statement')
  const values = new Map<string, readonly AssertedValue[]>()
  const seen = new Set<string>()
  for (const attribute of statement === undefined ? [] : childrenOf(statement)) {
    demand(attribute.namespaceURI === saml && attribute.localName === 'Attribute', 'enc-form')
    const name = attributeOf(attribute, 'Name')
    demand(name !== undefined && name !== '', 'attribute-form')
    demand(!seen.has(name), 'attribute-form')
    seen.add(name)
    const rule = rules.find(({ names }) => names.includes(name))
    if (rule === undefined && !isText(attribute)) continue
    const found = readValues(attribute)
    demand(rule === undefined || canHave(rule, found), 'attribute-form', [name])
    if (found.length > 0) values.set(name, found)
  }
  const missing = rules.filter(({ required, names }) => required === true && !names.some((name) => values.has(name)))
  demand(
    missing.length === 0,
    'attributes-missing',
    missing.flatMap(({ names }) => names[0] ?? []),
  )
  return values
}

const isText = (attribute: Element): boolean => childrenOf(attribute).every((value) => childrenOf(value).length === 0)

/** Values that are not empty. */
function readValues(attribute: Element): AssertedValue[] {
  const values: AssertedValue[] = []
  for (const value of childrenNamed(attribute, saml, 'AttributeValue')) {
    const text = textOf(value, 'attribute-form')
    demand(text.length <= maxValueLength, 'attribute-form')
    const isNative = ['false', '0'].includes(value.getAttributeNS(namespaces.eidasPerson, 'LatinScript') ?? 'true')
    if (text.trim() !== '') values.push({ text, ...(isNative ? { isNative } : {}) })
  }
  return values
}

/** Whether a claim can have these values: one, and the same in the person's own script; some claims can have many. */
function canHave({ gives, form }: ClaimRule, values: readonly AssertedValue[]): boolean {
  const isMany =
    gives === 'assurance' ||
    gives === 'role' ||
    form === 'schac-personal-unique-code' ||
    form === 'schac-personal-unique-id' ||
    form === 'prefixed'
  const native = values.filter(({ isNative }) => isNative === true).length
  return isMany || (native <= 1 && values.length - native <= 1)
}
