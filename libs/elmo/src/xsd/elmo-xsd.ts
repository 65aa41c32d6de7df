import { elmoNamespace } from '../grammar/elmo-namespace.js'
import { namespaces } from '../grammar/namespaces.js'
import { defaultRelease, releaseBit, releaseSet, type Release } from '../grammar/releases.js'
import { rootRow, shapeOf } from '../grammar/shape.js'
import { table } from '../grammar/table.js'
import { addressXsd } from './address-xsd.js'
import { XsdTypes } from './complex-type-xsd.js'
import { signatureXsd } from './signature-xsd.js'
import { simpleTypeXsd } from './simple-type-xsd.js'
import { xmlXsd } from './xml-xsd.js'
import { annotation, writeXsd, xsd, type XsdNode } from './xsd-node.js'

/** A schema document: its file name, and its text in ASCII. */
export interface XsdFile {
  readonly name: string
  readonly text: string
}

const hasAddress = (release: Release): boolean => (releaseBit(release) & releaseSet('1.5.0-')) !== 0

/** Elements of other namespaces; from 1.1.0 on also such as no schema is known for. */
const extensionXsd = (release: Release): XsdNode =>
  xsd(
    'complexType',
    { name: 'CustomExtensionsContainer' },
    annotation('Elements of other namespaces. Few readers understand them: use what the format has, where it has it.'),
    xsd(
      'sequence',
      {},
      xsd('any', {
        ...{ namespace: '##other', minOccurs: '0', maxOccurs: 'unbounded' },
        processContents: release === '1.0.0' ? undefined : 'lax',
      }),
    ),
    xsd('anyAttribute'),
  )

function typesXsd(release: Release): XsdNode[] {
  const types = new XsdTypes(release)
  const root = types.element(rootRow)
  const defined = new Map<string, XsdNode>()
  // A definition refers to further types: until none is new.
  for (const type of types.used) {
    const definition = table[type] === undefined ? simpleTypeXsd(type, release) : types.complex(type, shapeOf(type))
    if (definition !== undefined) defined.set(type, definition)
  }
  return [root, ...defined.values()]
}

/**
 * A schema for a release of ELMO, made from the table that this library reads, writes and validates by, with what the
 * table says about each element in words. It gives the verdicts of the official schema, and imports only the files that
 * `elmoXsdFiles` gives beside it: nothing is fetched.
 *
 * Spec: ELMO schema.xsd of the release; XML Schema 1.0.
 */
export function elmoXsd(release: Release = defaultRelease): string {
  const namespace = elmoNamespace(release)
  const imports: [string, string][] = [
    [namespaces.xml, 'xml.xsd'],
    [namespaces.ds, 'xmldsig.xsd'],
    ...(hasAddress(release) ? [[namespaces.address, 'address.xsd'] satisfies [string, string]] : []),
  ]
  return writeXsd(
    {
      ...{ targetNamespace: namespace, xmlns: namespace, 'xmlns:ds': namespaces.ds },
      'xmlns:a': hasAddress(release) ? namespaces.address : undefined,
      elementFormDefault: 'qualified',
    },
    annotation(`ELMO ${release}, for users: made from a table, not the official text, with the same verdicts.`),
    ...imports.map(([uri, schemaLocation]) => xsd('import', { namespace: uri, schemaLocation })),
    ...typesXsd(release),
    extensionXsd(release),
  )
}

/**
 * The schema of a release, `elmo-RELEASE.xsd`, and the files beside it that it imports. Put them into one folder.
 *
 * Spec: as elmoXsd.
 */
export const elmoXsdFiles = (release: Release = defaultRelease): readonly XsdFile[] => [
  { name: `elmo-${release}.xsd`, text: elmoXsd(release) },
  { name: 'xmldsig.xsd', text: signatureXsd() },
  ...(hasAddress(release) ? [{ name: 'address.xsd', text: addressXsd(release) }] : []),
  { name: 'xml.xsd', text: xmlXsd() },
]
