import { inBothLanguages, type Institution, type SisContext } from '@emrex-gateway/core'
import { countryCodes, type Identifier, type Issuer } from '@emrex-gateway/elmo'
import type { SqlViews } from './sql-views.js'
import type { ViewRow } from './view-row.js'

/** An institution as the gateway lists it, and as it signs for its results. */
export interface KnownInstitution {
  readonly institution: Institution
  readonly issuer: Issuer
}

/** The institutions that this connection serves, by their code. @throws {SisError} */
export async function readInstitutions(
  views: SqlViews,
  context: SisContext,
): Promise<ReadonlyMap<string, KnownInstitution>> {
  const codes = views.settings.institutionCodes
  const rows = await views.rows('institution', context, (query) =>
    codes === undefined ? query : query.whereIn('institution_code', [...codes]),
  )
  const known = rows.map((row) => [row.required('institution_code'), knownInstitution(row)] as const)
  return new Map(known.filter(([code]) => codes === undefined || codes.includes(code)))
}

function knownInstitution(row: ViewRow): KnownInstitution {
  const code = row.required('institution_code')
  const title = row.required('title')
  const country = row.text('country')?.toUpperCase()
  const schac = row.text('schac')
  const identifier = (['schac', 'erasmus', 'pic'] as const).flatMap((type): Identifier[] => {
    const value = row.text(type)
    return value === undefined ? [] : [{ type, value }]
  })
  const place = country !== undefined && /^[A-Z]{2}$/.test(country) ? { country } : {}
  return {
    institution: { code, title, ...place, ...(schac === undefined ? {} : { schac }) },
    issuer: {
      // ELMO knows a country or refuses the whole document.
      ...(country !== undefined && countryCodes.has(country) ? { country } : {}),
      // A document needs one identifier of its issuer; the code of this database is better than none.
      identifier: identifier.length > 0 ? identifier : [{ type: 'local', value: code }],
      title: inBothLanguages(title, row.text('title_lang'), row.text('title_en')),
      url: row.text('url') ?? (schac === undefined ? '' : `https://${schac}/`),
    },
  }
}
