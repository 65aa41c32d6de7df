import { languageTexts, type Institution } from '@emrex-gateway/core'
import type { Identifier, Issuer } from '@emrex-gateway/elmo'
import { finnishInstitutions, type NamedInstitution } from './finnish-institutions.js'

/** The institutions that VIRTA can name, by their code. */
export interface InstitutionBook {
  /** All that have a name. */
  readonly all: readonly Institution[]
  /** Any code is an institution; one without a name goes by its code. */
  institution(code: string): Institution
  /** As the issuer of a report. */
  issuer(code: string): Issuer
  isNamed(code: string): boolean
}

/** The built-in table, with those of the settings before it. */
export function institutionBook(named: readonly NamedInstitution[]): InstitutionBook {
  const byCode = new Map([...finnishInstitutions, ...named].map((each) => [each.code, each]))
  const institution = (code: string): Institution => {
    const { title = {}, schac } = byCode.get(code) ?? {}
    return {
      code,
      title: title.en ?? title.fi ?? title.sv ?? code,
      country: 'FI',
      ...(schac === undefined ? {} : { schac }),
    }
  }
  return {
    all: [...byCode.keys()].map(institution),
    institution,
    issuer: (code) => {
      const { title = {}, schac } = byCode.get(code) ?? {}
      const titles = languageTexts({ fi: title.fi, sv: title.sv, en: title.en })
      const domain: Identifier[] = schac === undefined ? [] : [{ type: 'schac', value: schac }]
      return {
        country: 'FI',
        identifier: [...domain, { type: 'local', value: code }],
        title: titles.length > 0 ? titles : [{ value: code }],
        url: schac === undefined ? '' : `https://${schac}/`,
      }
    },
    isNamed: (code) => byCode.has(code),
  }
}
