import type { Issuer } from '../../model.js'
import { pointer } from '../loss-report.js'
import type { ElmNode } from './elm-node.js'
import { listOf, type ElmWriting } from './elm-writing.js'

/** The official identifier of an institution in its country, as its electronic seal carries it. */
export interface LegalIdentifier {
  readonly value: string
  /** ISO 3166-1, two letters. */
  readonly country: string
}

/** An institution. Without a country it has no location, which the profile demands. */
export function organisationOf(
  issuer: Issuer,
  from: string,
  legal: LegalIdentifier | undefined,
  writing: ElmWriting,
): ElmNode {
  const { identifier, title, url, country, countryType } = issuer
  const countryCode = writing.country(country, pointer(from, 'country'))
  writing.drop(from, { countryType: countryType === 'ISO' ? undefined : countryType })
  const spatial = writing.aside().country(legal?.country, '')
  return writing.node('Organisation', {
    legalName: writing.texts(title, pointer(from, 'title')),
    identifier: writing.identifiers(identifier),
    eidasLegalIdentifier: legal && writing.node('LegalIdentifier', { notation: legal.value, spatial }),
    homepage: listOf(writing.webResource(url)),
    location: listOf(countryCode && writing.node('Location', { address: [writing.node('Address', { countryCode })] })),
  })
}
