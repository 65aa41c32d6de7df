import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const saml = '/usr/share/xml/opensaml'
const tooling = '/usr/share/xml/xmltooling'

/** Namespaces and the schemas of OASIS and W3C for them, as Debian has them. */
const schemas: readonly (readonly [string, string])[] = [
  ['urn:oasis:names:tc:SAML:2.0:protocol', `${saml}/saml-schema-protocol-2.0.xsd`],
  ['urn:oasis:names:tc:SAML:2.0:metadata', `${saml}/saml-schema-metadata-2.0.xsd`],
  ['urn:oasis:names:tc:SAML:metadata:attribute', `${saml}/sstc-metadata-attr.xsd`],
  ['urn:oasis:names:tc:SAML:metadata:algsupport', `${saml}/sstc-saml-metadata-algsupport-v1.0.xsd`],
  ['urn:oasis:names:tc:SAML:metadata:ui', `${saml}/sstc-saml-metadata-ui-v1.0.xsd`],
  ['http://www.w3.org/2009/xmlenc11#', `${tooling}/xenc11-schema.xsd`],
]

const addresses: readonly (readonly [string, string])[] = [
  ['http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd', `${tooling}/xmldsig-core-schema.xsd`],
  ['http://www.w3.org/TR/xmldsig-core/xmldsig-core-schema.xsd', `${tooling}/xmldsig-core-schema.xsd`],
  ['http://www.w3.org/TR/2002/REC-xmlenc-core-20021210/xenc-schema.xsd', `${tooling}/xenc-schema.xsd`],
  ['http://www.w3.org/2001/xml.xsd', `${tooling}/xml.xsd`],
]

/** What xmllint says against a document, by the schemas of Debian, without any network; '' when it is valid. */
export async function validateWithSchemas(xml: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'emrex-schemas-'))
  try {
    const [catalog, schema, document] = ['catalog.xml', 'all.xsd', 'document.xml'].map((name) =>
      join(folder, name),
    ) as [string, string, string]
    const entries = addresses.flatMap(([id, file]) => [
      `<system systemId="${id}" uri="file://${file}"/>`,
      `<uri name="${id}" uri="file://${file}"/>`,
    ])
    await writeFile(
      catalog,
      `<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">${entries.join('')}</catalog>`,
    )
    const imports = schemas.map(
      ([namespace, file]) => `<xs:import namespace="${namespace}" schemaLocation="file://${file}"/>`,
    )
    await writeFile(schema, `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`)
    await writeFile(document, xml)
    return await new Promise((resolve) => {
      execFile(
        'xmllint',
        ['--nonet', '--noout', '--schema', schema, document],
        { env: { ...process.env, XML_CATALOG_FILES: catalog }, timeout: 60_000 },
        (error, _output, errors) => resolve(error === null ? '' : errors || error.message),
      )
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
