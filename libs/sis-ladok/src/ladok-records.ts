import { z } from 'zod'

/*
 * What we read of Ladok's answers; all else in them is passed over. Names of fields are Ladok's own. Numbers come as text
 * from most services and as numbers from some, so both become text.
 */

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value === null || value === undefined || value === '' ? undefined : String(value)))
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? [])

const perLanguage = z.object({ Sprakkod: z.string(), Text: z.string().nullish() })
/** Names in either of Ladok's two shapes, by language. */
const names = z
  .union([
    z.object({ Benamning: z.array(perLanguage) }).transform(({ Benamning }) => Benamning),
    z.array(perLanguage),
    z
      .record(z.string(), z.unknown())
      .transform((byLanguage) =>
        Object.entries(byLanguage).flatMap(([Sprakkod, Text]) =>
          typeof Text === 'string' ? [{ Sprakkod, Text }] : [],
        ),
      ),
  ])
  .nullish()
  .transform((each): Names =>
    Object.fromEntries((each ?? []).map(({ Sprakkod, Text }) => [Sprakkod.toLowerCase(), Text])),
  )

export type Names = Readonly<Record<string, string | null | undefined>>

/** The items of a list: the one property that is an array, besides the links. Ladok names each after its content. */
const itemsOf = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((answer: unknown): unknown => {
    if (Array.isArray(answer) || typeof answer !== 'object' || answer === null) return answer
    const lists = Object.entries(answer).filter(([name, value]) => name !== 'link' && Array.isArray(value))
    return lists.length === 1 ? lists[0]![1] : lists.length === 0 ? [] : answer
  }, z.array(item))

export const studentRecord = z.object({
  Uid: z.string().min(1),
  ExterntUID: text,
  Personnummer: text,
  Fodelsedata: text,
  Fornamn: text,
  Efternamn: text,
  KonID: text,
  SkyddadePersonuppgifter: flag,
})
export type StudentRecord = z.output<typeof studentRecord>

export const studentPage = z.object({ Resultat: list(studentRecord), TotaltAntalPoster: z.number().int().min(0) })

export const resultRecord = z.object({
  ResultatUID: text,
  UtbildningUID: text,
  UtbildningsinstansUID: text,
  Utbildningskod: text,
  Benamningar: names,
  Benamning: names,
  Omfattningsvarde: text,
  ExamineradOmfattning: text,
  Enhetskod: text,
  Betygsgradskod: text,
  BetygsskalaID: text,
  Examinationsdatum: text,
  /** Attested results carry no other; a draft or an annulled one must not slip through. */
  Resultatstatus: text,
  Projekttitel: z.object({ Titel: text, AlternativTitel: text }).nullish(),
  Tillgodoinformation: z.object({ Enhetskod: text, Omfattningsvarde: text, HeltTillgodoraknad: flag }).nullish(),
})
export type ResultRecord = z.output<typeof resultRecord>

/** Without the list it is some other answer, which must not pass for "no results". */
export const attestedResults = z.object({
  StudentresultatPerKurs: z.array(z.object({ KursUID: text, Studentresultat: list(resultRecord) })),
})
export type ResultsOfCourse = z.output<typeof attestedResults>['StudentresultatPerKurs'][number]

const educationRecord = z.object({
  UtbildningUID: text,
  UtbildningsinstansUID: text,
  Utbildningskod: text,
  Benamning: names,
  Benamningar: names,
  Utbildningstyp: z.object({ Grundtyp: text }).nullish(),
})

export const participationRecord = z.object({
  Paborjad: flag,
  Avklarad: flag,
  Aterbud: flag,
  TillstandKurs: z.object({ Sammanfattat: text, Utbildning: text }).nullish(),
  Registreringsperiod: z.object({ Startdatum: text, Slutdatum: text }).nullish(),
  Perioddeltaganden: list(z.object({ Periodbenamningar: names })),
  Utbildningsinformation: educationRecord,
})
export type ParticipationRecord = z.output<typeof participationRecord>
export const participations = z.object({ Tillfallesdeltaganden: list(participationRecord) })

/** A node of the structure of somebody's studies: a programme, or a course below one. */
export interface StudyNode {
  readonly Utbildningsinformation?: z.output<typeof educationRecord> | null | undefined
  readonly Barn: readonly StudyNode[]
}
export const studyNode: z.ZodType<StudyNode> = z.lazy(() =>
  z.object({ Utbildningsinformation: educationRecord.nullish(), Barn: list(studyNode) }),
)
export const studyStructure = z.object({ Studiestruktur: list(studyNode) })

export const courseRecord = z.object({
  Uid: text,
  Utbildningskod: text,
  Benamningar: names,
  Omfattning: text,
  Attributvarden: list(z.object({ Namn: text, Varde: text })),
})
export type CourseRecord = z.output<typeof courseRecord>

export const moduleList = itemsOf(
  z.object({ UtbildningUID: text, Utbildningskod: text, Benamningar: names, Benamning: names, Omfattning: text }),
)
export type ModuleRecord = z.output<typeof moduleList>[number]

export const scaleList = itemsOf(
  z.object({
    ID: text,
    Kod: text,
    Benamningar: names,
    Betygsgrader: list(
      z.object({
        Kod: z.string(),
        Benamningar: names,
        /** Absent: nobody says whether it passes. */
        GiltigSomSlutbetyg: z.boolean().nullish(),
        Ordningsnummer: z.number().nullish(),
      }),
    ),
  }),
)
export type ScaleRecord = z.output<typeof scaleList>[number]

export const unitList = itemsOf(z.object({ Kod: text, Helarsvarde: text }))
/** Levels and languages: an id, a code and names. */
export const termList = itemsOf(z.object({ ID: text, Kod: text, Benamningar: names }))
export type TermRecord = z.output<typeof termList>[number]

export const institutionList = itemsOf(
  z.object({
    Kod: text,
    Benamning: names,
    LankTillWebbplats: z.object({ Url: text }).nullish(),
    LankTillWebbplatsEngelskSida: z.object({ Url: text }).nullish(),
    Giltighetsperiod: z.object({ Startdatum: text, Slutdatum: text }).nullish(),
  }),
)
export type InstitutionRecord = z.output<typeof institutionList>[number]

/** Assumed as a whole: no public source lists the degrees of a student. */
export const degreeList = itemsOf(
  z.object({
    Benamningar: names,
    Bevisbenamningskod: text,
    Bevistyp: z.object({ NationellBevistyp: z.object({ Bevisgrundtyp: text }).nullish() }).nullish(),
    Utfardandedatum: text,
    Omfattning: text,
    Enhet: z
      .union([z.string(), z.object({ Kod: text })])
      .nullish()
      .transform((unit) => (typeof unit === 'string' ? unit : unit?.Kod)),
    GiltigaMeriterForBevis: list(z.object({ ResultatUID: text })),
    Borttaget: flag,
  }),
)
export type DegreeRecord = z.output<typeof degreeList>[number]

export const ownUser = z.object({ Anvandarnamn: text })
export const ownRights = itemsOf(z.object({ Status: text, BehorighetsprofilRef: z.object({ Uid: text }).nullish() }))
export const rightsProfile = z.object({
  Systemaktiviteter: list(z.object({ Id: text, I18nNyckel: text })),
})
