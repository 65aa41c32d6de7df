import { fsOrganisation } from './fs-institutions.js'
import { inBothFamilies, type FsParagraph, type FsRecord } from './fs-record.js'

/** Arguments of a connection. */
export interface PageArguments {
  readonly gyldig?: boolean | null
  readonly first?: number | null
  readonly after?: string | null
}

/** A list a page at a time. `first` counts up to a limit of the server's own. */
export function pageOf<Item>(items: readonly Item[], { first, after }: PageArguments, maxPage: number) {
  const from =
    typeof after !== 'string' ? 0 : Number(Buffer.from(after, 'base64url').toString('utf8').replace('after:', ''))
  const to = from + Math.max(0, Math.min(first ?? 100, maxPage))
  const nodes = items.slice(from, to)
  return {
    nodes,
    totalCount: items.length,
    pageInfo: {
      hasNextPage: to < items.length,
      // As in the real one: it only goes forward.
      hasPreviousPage: false,
      startCursor: null,
      endCursor: nodes.length === 0 ? null : Buffer.from(`after:${to}`, 'utf8').toString('base64url'),
    },
  }
}

/** The records of one person as competence proofs that know each other. */
export function fsProofs(records: readonly FsRecord[], asked: string, maxPage: number): readonly FsProof[] {
  const proofs: FsProof[] = []
  const related = (test: (one: FsRecord) => boolean) => (page: PageArguments) =>
    pageOf(
      records
        .map((one, index) => ({ one, index }))
        .filter(({ one }) => test(one) && (page.gyldig ?? one.valid !== false) === (one.valid !== false))
        .map(({ index }) => proofs[index]!),
      page,
      maxPage,
    )
  for (const record of records)
    proofs.push({
      ...proofOf(record, asked),
      children: related(({ parent }) => parent === record.id),
      parents: related(({ id }) => id === record.parent),
    })
  return proofs
}

export interface FsProof {
  readonly id: string
  readonly gyldig: boolean
  readonly [field: string]: unknown
}

const rootPart = 'SAMLET'

function proofOf(record: FsRecord, asked: string): FsProof {
  const { id, kind, names, weight, date, eqf, formerInstitution, institution = asked } = record
  const shared = {
    id,
    gyldig: record.valid !== false,
    larested: fsOrganisation(institution),
    opprinneligLarested: formerInstitution === undefined ? null : fsOrganisation(formerInstitution),
    vurderingsresultatstatus: { bestatt: record.passed ?? null },
  }
  const vekting = weight && {
    verdi: weight.value,
    vektingstype: { kode: weight.type, vektenheterPerSemester: weight.perSemester },
  }
  const studieniva = { kode: eqf === 7 ? '500' : '200', eqfnivakode: eqf ?? null }
  if (kind === 'degree')
    return {
      ...shared,
      __typename: 'OppnaddKvalifikasjon',
      gradkode: record.code,
      oppnaddDato: date,
      navnAlleSprak: inBothFamilies(names),
      vekting,
      kvalifikasjon: { studieniva, iscedFKode: record.isced ?? null, tilsvarerGrad: true },
    }
  if (kind === 'course-set')
    return {
      ...shared,
      __typename: 'OppnaddEmnesamling',
      emnesamling: { kode: record.code, navnAlleSprak: inBothFamilies(names) },
    }
  return { ...shared, ...resultOf(record), gjeldendeVekting: vekting, __typename: 'Resultat' }
}

function resultOf(record: FsRecord) {
  const { id, grade, term, part, counts, announced, recordedAt, theses = [] } = record
  const { A, B, C, D, E, F } = counts ?? {}
  const termin = term && { arstall: term.year, betegnelse: { kode: term.code } }
  return {
    emne: courseOf(record),
    vurderingsoppbygningsdelskode: part?.code ?? rootPart,
    karakter: grade && {
      navn: Object.keys(grade.names).length === 0 ? null : inBothFamilies(grade.names),
      bokstavEllerUgradert: grade.number === undefined,
      tall: grade.number ?? null,
      regel: grade.rule === undefined ? null : { kode: grade.rule, finhet: null },
    },
    erKunngjort: announced ?? null,
    tidspunktOpprettet: recordedAt ?? null,
    vurderingsenhet: {
      id: `unit-${id}`,
      terminPeriode: { startTermin: termin, sluttTermin: termin },
      vurderingsoppbygningsdel: {
        id: `part-${id}`,
        kode: part?.code ?? rootPart,
        navnAlleSprak: part === undefined ? null : inBothFamilies(part.names),
        skalVisesPaKarakterutskrift: part?.onTranscript !== false,
      },
      resultatfordeling: counts && {
        karakterFordeling: { antallA: A, antallB: B, antallC: C, antallD: D, antallE: E },
        antallStryk: F,
      },
    },
    oppgavetitler: theses.map(({ title, language }) => ({ tittel: title, sprak: { iso6391Kode: language } })),
  }
}

function courseOf(record: FsRecord) {
  const { id, code, version, names, part, eqf, teachingLanguages = [], isced, url, paragraphs = [] } = record
  const root = { id: `root-${id}`, vurderingsoppbygningsdel: { id: `root-part-${id}`, kode: rootPart }, parent: null }
  return {
    id: `course-${id}`,
    kode: code ?? null,
    versjonskode: version ?? null,
    navnAlleSprak: inBothFamilies(names),
    studieniva: { kode: eqf === 7 ? '500' : '200', eqfnivakode: eqf ?? null },
    iscedFKode: isced ?? null,
    url: url === undefined ? null : { und: url },
    sprakvalg: teachingLanguages.map((language) => ({
      sprak: { iso6391Kode: language },
      tilbysSomUndervisningssprak: true,
    })),
    beskrivelsesavsnitt: ({ filter, ...page }: PageArguments & ParagraphFilter) =>
      pageOf(
        paragraphs
          .filter(({ category }) => filter?.tekstkategorikoder?.includes(category) ?? true)
          .map((paragraph, index) => paragraphOf(paragraph, `text-${id}-${index}`)),
        page,
        100,
      ),
    vurderingsoppbygninger: [
      {
        id: `structure-${id}`,
        oppbygningsdeler: [
          root,
          ...(part === undefined
            ? []
            : [{ id: `in-${id}`, vurderingsoppbygningsdel: { id: `p-${id}`, kode: part.code }, parent: root }]),
        ],
      },
    ],
  }
}

interface ParagraphFilter {
  readonly filter?: { readonly tekstkategorikoder?: readonly string[] | null } | null
}

const paragraphOf = ({ category, html, language, year, order }: FsParagraph, id: string) => ({
  id,
  tekstkategori: { kode: category },
  periode: { fraTermin: year === undefined ? null : { arstall: year, betegnelse: { kode: 'HØST' } } },
  innhold: html,
  sprak: { iso6391Kode: language },
  rekkefolgenummer: order ?? null,
})
