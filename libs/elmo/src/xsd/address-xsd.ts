import { namespaces } from '../grammar/namespaces.js'
import type { Release } from '../grammar/releases.js'
import { shapeOf } from '../grammar/shape.js'
import { XsdTypes } from './complex-type-xsd.js'
import { simpleTypeXsd } from './simple-type-xsd.js'
import { writeXsd, xsd } from './xsd-node.js'

/** Elements that other EWP formats use; where one stands in an extension, a schema-aware reader checks it. */
const globalElements = ['street-address', 'mailing-address']

/** The schema of addresses. Spec: EWP address types, stable-v1. */
export function addressXsd(release: Release): string {
  const types = new XsdTypes(release)
  const address = types.complex('FlexibleAddress', shapeOf('FlexibleAddress'))
  return writeXsd(
    { targetNamespace: namespaces.address, xmlns: namespaces.address, elementFormDefault: 'qualified' },
    ...globalElements.map((name) => xsd('element', { name, type: 'FlexibleAddress' })),
    address,
    ...[...types.used].map((type) => simpleTypeXsd(type, release)),
  )
}
