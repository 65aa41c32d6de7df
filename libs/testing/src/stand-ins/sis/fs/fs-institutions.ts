import { inBothFamilies } from './fs-record.js'

/** Invented institutions; the third has become part of the first. */
export const fsInstitutions = {
  first: { code: '9901', schac: 'first.example', title: 'Universitetet i Første', titleEnglish: 'University of First' },
  second: { code: '9902', schac: 'second.example', title: 'Høgskolen i Andre', titleEnglish: 'Second College' },
  former: { code: '9903', schac: 'harbour.example', title: 'Havnehøgskolen', titleEnglish: 'Harbour College' },
} as const

export function fsOrganisation(code: string) {
  const known = Object.values(fsInstitutions).find((one) => one.code === code)
  if (known === undefined) return null
  return {
    id: `institution-${code}`,
    organisasjonskode: code,
    erasmusInstitusjonskode: code === fsInstitutions.former.code ? null : `N EXAMPLE${code.slice(2)}`,
    navn: inBothFamilies({ nb: known.title, en: known.titleEnglish }),
    url: `https://${known.schac}/`,
  }
}
