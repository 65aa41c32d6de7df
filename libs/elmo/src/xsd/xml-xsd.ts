import { namespaces } from '../grammar/namespaces.js'
import { annotation, writeXsd, xsd } from './xsd-node.js'

/** The attributes that XML itself defines. Spec: XML 1.0, 2.10 and 2.12; XML Base. */
export const xmlXsd = (): string =>
  writeXsd(
    { targetNamespace: namespaces.xml },
    xsd(
      'attribute',
      { name: 'lang', type: 'xs:language' },
      annotation('The language of the content, as BCP 47 has it.'),
    ),
    xsd(
      'attribute',
      { name: 'space' },
      xsd(
        'simpleType',
        {},
        xsd(
          'restriction',
          { base: 'xs:NCName' },
          xsd('enumeration', { value: 'default' }),
          xsd('enumeration', { value: 'preserve' }),
        ),
      ),
    ),
    xsd('attribute', { name: 'base', type: 'xs:anyURI' }),
  )
