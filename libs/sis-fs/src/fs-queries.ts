/**
 * What FS calls its languages: `new` is nb, nn, en, se; `old` is nob, nno, eng, sme, which goes where the new ones exist.
 * `mixed` is new for courses and institutions, old for all else, as in the snapshot of September 2024.
 */
export type LanguageKeys = 'mixed' | 'new' | 'old'

export type InstitutionArgument = 'eierOrganisasjonskode' | 'eierInstitusjonsnummer'

const newKeys = 'nb nn en se'
const oldKeys = 'nob nno eng sme'

/** The people of one institution by one kind of number. Spec: the list queries of the public schema. */
export const studentsQuery = (
  field: 'studenterGittFodselsnumre' | 'studenterGittStudentnumre' | 'studenterGittFeideBrukere',
  institution: InstitutionArgument,
): string => {
  const argument = {
    studenterGittFodselsnumre: 'fodselsnumre',
    studenterGittStudentnumre: 'studentnumre',
    studenterGittFeideBrukere: 'feideBrukere',
  }[field]
  return `query Students($institution: String!, $numbers: [String!]!) {
  students: ${field}(${institution}: $institution, ${argument}: $numbers) {
    studentnummer
    europeanStudentId { esiId }
    personProfil { personlopenummer fodselsnummer fodselsdato kjonn navn { fornavn etternavn } }
  }
}`
}

/** The addresses of one person that are on file. */
export const addressesQuery = (institution: InstitutionArgument): string =>
  `query Addresses($institution: String!, $numbers: [String!]!) {
  students: studenterGittPersonlopenumre(${institution}: $institution, personlopenumre: $numbers) {
    personProfil { institusjonsEpost privatEpost }
  }
}`

/**
 * A page of the competence proofs of one person, with all that the mapping needs. `$really` false: FS checks the query
 * and our rights to its fields, and reads nothing.
 */
export function proofsQuery(keys: LanguageKeys, institution: InstitutionArgument): string {
  const ofCourses = keys === 'old' ? oldKeys : newKeys
  const ofOthers = keys === 'new' ? newKeys : oldKeys
  // Degrees and course sets have no Sámi names under the old keys.
  const ofDegrees = keys === 'new' ? newKeys : 'nob nno eng'
  return `query Proofs(
  $institution: String, $person: [String!], $first: Int, $after: String
  $really: Boolean!, $categories: [String!], $described: Boolean!
) {
  proofs: kompetansebevisForPerson(
    ${institution}: $institution, personlopenummer: $person, gyldig: true, first: $first, after: $after
  ) @include(if: $really) {
    pageInfo { hasNextPage endCursor }
    nodes {
      __typename id gyldig
      children(gyldig: true, first: 100) { nodes { id } }
      parents(gyldig: true, first: 100) { nodes { id } }
      ...result ...degree ...courseSet
    }
  }
}
fragment result on Resultat {
  emne {
    kode versjonskode navnAlleSprak { ${ofCourses} } studieniva { eqfnivakode } iscedFKode url { und }
    sprakvalg { sprak { iso6391Kode } tilbysSomUndervisningssprak }
    beskrivelsesavsnitt(filter: { tekstkategorikoder: $categories }, first: 100) @include(if: $described) {
      nodes {
        innhold sprak { iso6391Kode } tekstkategori { kode } periode { fraTermin { arstall } } rekkefolgenummer
      }
    }
    vurderingsoppbygninger {
      oppbygningsdeler { vurderingsoppbygningsdel { kode } parent { vurderingsoppbygningsdel { kode } } }
    }
  }
  vurderingsoppbygningsdelskode
  vurderingsresultatstatus { bestatt }
  erKunngjort
  tidspunktOpprettet
  karakter { navn { ${ofOthers} } tall regel { kode } }
  gjeldendeVekting { verdi vektingstype { kode vektenheterPerSemester } }
  vurderingsenhet {
    terminPeriode { sluttTermin { arstall betegnelse { kode } } }
    vurderingsoppbygningsdel { navnAlleSprak { ${ofOthers} } skalVisesPaKarakterutskrift }
    resultatfordeling { karakterFordeling { antallA antallB antallC antallD antallE } antallStryk }
  }
  oppgavetitler { tittel sprak { iso6391Kode } }
  larested { ...institution }
  opprinneligLarested { ...institution }
}
fragment degree on OppnaddKvalifikasjon {
  gradkode oppnaddDato
  navnAlleSprak { ${ofDegrees} }
  vekting { verdi vektingstype { kode vektenheterPerSemester } }
  kvalifikasjon { studieniva { eqfnivakode } iscedFKode }
  larested { ...institution }
  opprinneligLarested { ...institution }
}
fragment courseSet on OppnaddEmnesamling {
  emnesamling { kode navnAlleSprak { ${ofDegrees} } }
  vurderingsresultatstatus { bestatt }
  opprinneligLarested { ...institution }
}
fragment institution on Organisasjon {
  organisasjonskode erasmusInstitusjonskode navn { ${ofCourses} } url
}`
}
