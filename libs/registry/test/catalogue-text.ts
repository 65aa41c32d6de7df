export interface CatalogueEntry {
  readonly name?: string
  readonly url?: string
  readonly country?: string
  readonly institutions?: readonly string[]
  readonly certificates?: readonly string[]
  /** The specification's name in the namespace of the entry. */
  readonly specification?: string
}

/** An EWP catalogue as text, with one host per entry and the other things that hosts carry. */
export function catalogueText(entries: readonly CatalogueEntry[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<catalogue xmlns="https://github.com/erasmus-without-paper/ewp-specs-api-registry/tree/stable-v1"
  xmlns:ewp="https://github.com/erasmus-without-paper/ewp-specs-architecture/blob/stable-v1/common-types.xsd">
${entries.map(hostText).join('\n')}
<institutions><hei id="coast.example"><name xml:lang="en">University of the Coast</name></hei></institutions>
</catalogue>`
}

function hostText(entry: CatalogueEntry): string {
  const specification = entry.specification ?? 'ewp-specs-api-emrex-data-access-point'
  const namespace = `https://github.com/erasmus-without-paper/${specification}/blob/stable-v1/manifest-entry.xsd`
  const element = (name: string, values: readonly string[]): string =>
    values.map((value) => `<e:${name}>${value}</e:${name}>`).join('')
  return `<host>
  <ewp:admin-email>office@coast.example</ewp:admin-email>
  <apis-implemented>
    <echo xmlns="https://example.org/echo" version="2.0.0"><url>https://coast.example/echo</url></echo>
    <e:emrex-data-access-point xmlns:e="${namespace}" version="1.0.0">
      <ewp:admin-email>office@coast.example</ewp:admin-email>
      ${element('url', entry.url === undefined ? [] : [entry.url])}${element('name', entry.name === undefined ? [] : [entry.name])}
      ${element('country-code', [entry.country ?? 'NO'])}${element('institution', entry.institutions ?? [])}
      ${element('certificate', entry.certificates ?? [])}
    </e:emrex-data-access-point>
  </apis-implemented>
</host>`
}

/** A PEM text as a catalogue writes it: without armour. */
export function withoutArmour(pem: string): string {
  return pem.replace(/-----[A-Z ]+-----/g, '').trim()
}
