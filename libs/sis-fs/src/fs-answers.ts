import { z } from 'zod'

/** What FS leaves out it writes as null, and a list may hold null where something was not found. */
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined)
const list = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .array(schema.nullable())
    .nullish()
    .transform((items) => (items ?? []).filter((item) => item !== null))

/** `BigDecimal`: not confirmed whether it comes as a number or as text. */
const decimal = maybe(z.union([z.string(), z.number()]).transform(String))

const names = maybe(z.record(z.string(), z.string().nullable()))
const weight = maybe(
  z.object({
    verdi: decimal,
    vektingstype: maybe(z.object({ kode: maybe(z.string()), vektenheterPerSemester: decimal })),
  }),
)
const level = maybe(z.object({ eqfnivakode: maybe(z.number()) }))
const institution = z.object({
  organisasjonskode: maybe(z.string()),
  erasmusInstitusjonskode: maybe(z.string()),
  navn: names,
  url: maybe(z.string()),
})
const codeOfPart = maybe(z.object({ kode: maybe(z.string()) }))
const relatives = maybe(z.object({ nodes: list(z.object({ id: z.string() })) }))
const anyProof = {
  id: z.string(),
  gyldig: z.boolean(),
  children: relatives,
  parents: relatives,
  opprinneligLarested: maybe(institution),
}

const result = z.object({
  ...anyProof,
  __typename: z.literal('Resultat'),
  emne: z.object({
    kode: maybe(z.string()),
    versjonskode: maybe(z.string()),
    navnAlleSprak: names,
    studieniva: level,
    iscedFKode: maybe(z.string()),
    url: maybe(z.object({ und: maybe(z.string()) })),
    sprakvalg: list(
      z.object({
        sprak: maybe(z.object({ iso6391Kode: maybe(z.string()) })),
        tilbysSomUndervisningssprak: maybe(z.boolean()),
      }),
    ),
    beskrivelsesavsnitt: maybe(
      z.object({
        nodes: list(
          z.object({
            innhold: maybe(z.string()),
            sprak: maybe(z.object({ iso6391Kode: maybe(z.string()) })),
            tekstkategori: maybe(z.object({ kode: maybe(z.string()) })),
            periode: maybe(z.object({ fraTermin: maybe(z.object({ arstall: maybe(z.number()) })) })),
            rekkefolgenummer: maybe(z.number()),
          }),
        ),
      }),
    ),
    vurderingsoppbygninger: list(
      z.object({
        oppbygningsdeler: list(
          z.object({
            vurderingsoppbygningsdel: codeOfPart,
            parent: maybe(z.object({ vurderingsoppbygningsdel: codeOfPart })),
          }),
        ),
      }),
    ),
  }),
  vurderingsoppbygningsdelskode: z.string(),
  vurderingsresultatstatus: maybe(z.object({ bestatt: maybe(z.boolean()) })),
  erKunngjort: maybe(z.boolean()),
  tidspunktOpprettet: maybe(z.string()),
  karakter: maybe(z.object({ navn: names, tall: decimal, regel: maybe(z.object({ kode: maybe(z.number()) })) })),
  gjeldendeVekting: weight,
  vurderingsenhet: maybe(
    z.object({
      terminPeriode: maybe(
        z.object({
          sluttTermin: maybe(
            z.object({ arstall: maybe(z.number()), betegnelse: maybe(z.object({ kode: maybe(z.string()) })) }),
          ),
        }),
      ),
      vurderingsoppbygningsdel: maybe(
        z.object({ navnAlleSprak: names, skalVisesPaKarakterutskrift: maybe(z.boolean()) }),
      ),
      resultatfordeling: maybe(
        z.object({
          karakterFordeling: maybe(z.record(z.string(), z.number().nullable())),
          antallStryk: maybe(z.number()),
        }),
      ),
    }),
  ),
  oppgavetitler: list(
    z.object({ tittel: maybe(z.string()), sprak: maybe(z.object({ iso6391Kode: maybe(z.string()) })) }),
  ),
  larested: maybe(institution),
})

const degree = z.object({
  ...anyProof,
  __typename: z.literal('OppnaddKvalifikasjon'),
  gradkode: z.string(),
  oppnaddDato: z.string(),
  navnAlleSprak: names,
  vekting: weight,
  kvalifikasjon: maybe(z.object({ studieniva: level, iscedFKode: maybe(z.string()) })),
  larested: maybe(institution),
})

const courseSet = z.object({
  ...anyProof,
  __typename: z.literal('OppnaddEmnesamling'),
  emnesamling: maybe(z.object({ kode: maybe(z.string()), navnAlleSprak: names })),
  vurderingsresultatstatus: maybe(z.object({ bestatt: maybe(z.boolean()) })),
})

const kinds = ['Resultat', 'OppnaddKvalifikasjon', 'OppnaddEmnesamling']
/** A kind of proof that FS did not have when this was written: known to be there, and no more. */
const otherKind = z
  .object({ __typename: z.string().refine((name) => !kinds.includes(name)) })
  .transform(() => 'other kind' as const)

/** One page of what `proofsQuery` asks for. */
export const proofsAnswer = z.object({
  proofs: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: maybe(z.string()) }),
    nodes: z.array(z.union([z.discriminatedUnion('__typename', [result, degree, courseSet]), otherKind])),
  }),
})

/** What `studentsQuery` asks for. */
export const studentsAnswer = z.object({
  students: list(
    z.object({
      studentnummer: z.string(),
      europeanStudentId: maybe(z.object({ esiId: maybe(z.string()) })),
      personProfil: z.object({
        personlopenummer: z.string(),
        fodselsnummer: maybe(z.string()),
        fodselsdato: maybe(z.string()),
        kjonn: maybe(z.string()),
        navn: maybe(z.object({ fornavn: maybe(z.string()), etternavn: maybe(z.string()) })),
      }),
    }),
  ),
})

/** What `addressesQuery` asks for. */
export const addressesAnswer = z.object({
  students: list(
    z.object({ personProfil: z.object({ institusjonsEpost: maybe(z.string()), privatEpost: maybe(z.string()) }) }),
  ),
})

export type FsNames = z.output<typeof names>
export type FsWeight = z.output<typeof weight>
export type FsInstitution = z.output<typeof institution>
export type FsResult = z.output<typeof result>
export type FsDegree = z.output<typeof degree>
export type FsCourseSet = z.output<typeof courseSet>
export type FsProof = FsResult | FsDegree | FsCourseSet
export type FsStudent = z.output<typeof studentsAnswer>['students'][number]
