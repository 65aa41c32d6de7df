import { buildSchema, type GraphQLSchema } from 'graphql'

/**
 * Which names its languages have: `nb, nn, en, se` are the new ones, `nob, nno, eng, sme` the old ones.
 * - `both`: as it was before the removal: courses and institutions know both, all else the old ones alone;
 * - `mixed`: the old ones are gone where new ones exist;
 * - `new` and `old`: that family alone, everywhere.
 */
export type FsLanguageKeys = 'both' | 'mixed' | 'new' | 'old'

const newKeys = 'nb: String nn: String en: String se: String'
const oldKeys = 'nob: String nno: String eng: String sme: String'
const deprecatedKeys = oldKeys.replaceAll(': String', ': String @deprecated(reason: "Gone after 31 March 2026")')

// Degrees and course sets never had a Sámi name.
const oldKeysOfDegrees = 'nob: String nno: String eng: String'

/** Names of courses and institutions, of grades and parts, of degrees and course sets. */
const languages: Readonly<Record<FsLanguageKeys, readonly [string, string, string]>> = {
  both: [`${newKeys} ${deprecatedKeys}`, oldKeys, oldKeysOfDegrees],
  mixed: [newKeys, oldKeys, oldKeysOfDegrees],
  new: [newKeys, newKeys, newKeys],
  old: [oldKeys, oldKeys, oldKeysOfDegrees],
}

/**
 * A schema written for this project: of the public one it has the types and fields that a transfer needs and a few more,
 * under their names. A field behind a feature flag is marked with `@feature`; `featureFlagRule` refuses it without.
 */
export function fsSchema(keys: FsLanguageKeys, institutionArgument = 'eierOrganisasjonskode'): GraphQLSchema {
  const [ofCourses, ofOthers, ofDegrees] = languages[keys]
  return buildSchema(`
    directive @feature(flags: [String!]!) on FIELD_DEFINITION
    scalar BigDecimal
    scalar Date
    scalar DateTime

    type Query {
      studenterGittFodselsnumre(${institutionArgument}: String!, fodselsnumre: [String!]!): [StudentVedLarested]
        @feature(flags: ["experimental"])
      studenterGittStudentnumre(${institutionArgument}: String!, studentnumre: [String!]!): [StudentVedLarested]
        @feature(flags: ["experimental"])
      studenterGittPersonlopenumre(${institutionArgument}: String!, personlopenumre: [String!]!): [StudentVedLarested]
        @feature(flags: ["experimental"])
      studenterGittFeideBrukere(${institutionArgument}: String!, feideBrukere: [String!]!): [StudentVedLarested]
        @feature(flags: ["experimental"])
      kompetansebevisForPerson(
        fodselsnummer: [String!]
        personlopenummer: [String!]
        ${institutionArgument}: String
        gyldig: Boolean
        first: Int = 100
        after: String
      ): KompetansebevisConnection @feature(flags: ["experimental"])
    }

    interface Node { id: ID! }
    interface Kompetansebevis {
      id: ID!
      gyldig: Boolean!
      children(gyldig: Boolean, first: Int = 100, after: String): KompetansebevisConnection
      parents(gyldig: Boolean, first: Int = 100, after: String): KompetansebevisConnection
    }
    type KompetansebevisConnection {
      pageInfo: PageInfo
      nodes: [Kompetansebevis!]!
      totalCount: Int
    }
    type PageInfo {
      hasNextPage: Boolean!
      hasPreviousPage: Boolean!
      startCursor: String
      endCursor: String
    }

    type Resultat implements Node & Kompetansebevis {
      id: ID!
      gyldig: Boolean!
      children(gyldig: Boolean, first: Int = 100, after: String): KompetansebevisConnection
      parents(gyldig: Boolean, first: Int = 100, after: String): KompetansebevisConnection
      emne: Emne!
      vurderingsenhet: Vurderingsenhet
      vurderingsoppbygningsdelskode: String!
      vurderingsresultatstatus: Vurderingsresultatstatus
      karakter: KarakterResultat
      gjeldendeVekting: Vekting
      erKunngjort: Boolean @feature(flags: ["experimental"])
      tidspunktOpprettet: DateTime
      oppgavetitler: [OppgavetittelResultat]
      larested: Organisasjon
      opprinneligLarested: Organisasjon
    }
    type OppnaddKvalifikasjon implements Node & Kompetansebevis {
      id: ID!
      gyldig: Boolean!
      children(gyldig: Boolean, first: Int = 100, after: String): KompetansebevisConnection
      parents(gyldig: Boolean, first: Int = 100, after: String): KompetansebevisConnection
      gradkode: String!
      oppnaddDato: Date!
      navnAlleSprak: KvalifikasjonsnavnAlleSprak
      vekting: Vekting
      kvalifikasjon: Kvalifikasjon!
      larested: Organisasjon
      opprinneligLarested: Organisasjon
    }
    type OppnaddEmnesamling implements Node & Kompetansebevis {
      id: ID!
      gyldig: Boolean!
      children(gyldig: Boolean, first: Int = 100, after: String): KompetansebevisConnection
      parents(gyldig: Boolean, first: Int = 100, after: String): KompetansebevisConnection
      emnesamling: Emnesamling
      vurderingsresultatstatus: Vurderingsresultatstatus
      opprinneligLarested: Organisasjon
    }

    type Emne implements Node {
      id: ID!
      kode: String
      versjonskode: String
      navnAlleSprak: EmnenavnAlleSprak
      studieniva: Studieniva
      iscedFKode: String @feature(flags: ["experimental"])
      nusKode: String
      url: EmneUrl @feature(flags: ["experimental"])
      sprakvalg: [EmneSprakvalg] @feature(flags: ["experimental"])
      erOppgave: Boolean
      vurderingsoppbygninger: [VurderingsoppbygningForEmne]
      beskrivelsesavsnitt(
        filter: EmneBeskrivelsesavsnittFilterInput
        first: Int = 100
        after: String
      ): EmneBeskrivelsesavsnittConnection @feature(flags: ["experimental"])
    }
    input EmneBeskrivelsesavsnittFilterInput { tekstkategorikoder: [String!] }
    type EmneBeskrivelsesavsnittConnection { pageInfo: PageInfo nodes: [Emnebeskrivelsesavsnitt] }
    type Emnebeskrivelsesavsnitt implements Node {
      id: ID!
      tekstkategori: Tekstkategori
      periode: EmnebeskrivelsesavsnittGyldighetsperiode
      innhold: String
      sprak: Sprak
      rekkefolgenummer: Int
    }
    type Tekstkategori { kode: String }
    type EmnebeskrivelsesavsnittGyldighetsperiode { fraTermin: Termin }
    type EmneUrl { und: String }
    type EmneSprakvalg { sprak: Sprak tilbysSomUndervisningssprak: Boolean }
    type Sprak { iso6391Kode: String }
    type Emnesamling { kode: String navnAlleSprak: EmnesamlingnavnAlleSprak }
    type Studieniva { kode: String eqfnivakode: Int @feature(flags: ["experimental"]) }
    type Kvalifikasjon { studieniva: Studieniva! iscedFKode: String tilsvarerGrad: Boolean! }
    type Vekting { verdi: BigDecimal vektingstype: Vektingstype }
    type Vektingstype { kode: String vektenheterPerSemester: BigDecimal! }
    type KarakterResultat { navn: Karakternavn bokstavEllerUgradert: Boolean tall: BigDecimal regel: Karakterregel }
    type Karakterregel { kode: Int finhet: BigDecimal }
    type Vurderingsresultatstatus { bestatt: Boolean }
    type OppgavetittelResultat { tittel: String sprak: Sprak }

    type Vurderingsenhet implements Node {
      id: ID!
      terminPeriode: VurderingsenhetTerminperiode!
      vurderingsoppbygningsdel: Vurderingsoppbygningsdel!
      resultatfordeling: Resultatfordeling
      antallKandidater: Int
    }
    type VurderingsenhetTerminperiode { startTermin: Termin sluttTermin: Termin }
    type Termin { arstall: Int betegnelse: Terminbetegnelse }
    type Terminbetegnelse { kode: String }
    type Resultatfordeling { karakterFordeling: KarakterFordeling antallBestatt: Int antallStryk: Int }
    type KarakterFordeling { antallA: Int antallB: Int antallC: Int antallD: Int antallE: Int }
    type VurderingsoppbygningForEmne { id: ID! oppbygningsdeler: [VurderingsoppbygningsdelIHierarki] }
    type VurderingsoppbygningsdelIHierarki {
      id: ID!
      vurderingsoppbygningsdel: Vurderingsoppbygningsdel
      parent: VurderingsoppbygningsdelIHierarki
    }
    type Vurderingsoppbygningsdel implements Node {
      id: ID!
      kode: String
      navnAlleSprak: VurderingsoppbygningsdelsnavnAlleSprak
      skalVisesPaKarakterutskrift: Boolean
    }

    type Organisasjon implements Node {
      id: ID!
      organisasjonskode: String
      erasmusInstitusjonskode: String @feature(flags: ["experimental"])
      navn: Organisasjonsnavn
      url: String
    }
    type StudentVedLarested implements Node {
      id: ID!
      studentnummer: String!
      feideBruker: String
      larested: Organisasjon!
      personProfil: PersonProfil!
      europeanStudentId: Esi @feature(flags: ["beta"])
    }
    type Esi { esiId: String }
    type PersonProfil implements Node {
      id: ID!
      personlopenummer: String!
      navn: Personnavn
      fodselsdato: Date
      fodselsnummer: String
      kjonn: Kjonn!
      institusjonsEpost: String
      privatEpost: String
    }
    type Personnavn { fornavn: String etternavn: String }
    enum Kjonn { KVINNE MANN }

    type EmnenavnAlleSprak { ${ofCourses} }
    type Organisasjonsnavn { ${ofCourses} }
    type EmnesamlingnavnAlleSprak { ${ofDegrees} }
    type Karakternavn { ${ofOthers} }
    type KvalifikasjonsnavnAlleSprak { ${ofDegrees} }
    type VurderingsoppbygningsdelsnavnAlleSprak { ${ofOthers} }
  `)
}
