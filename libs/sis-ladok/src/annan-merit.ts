import { shownDay, type CaseFile, type Delivery } from '@emrex-gateway/core'
import {
  contextOfParts,
  courseCode,
  firstText,
  pickText,
  resultStatus,
  type Elmo,
  type LangString,
  type LearningOpportunitySpecification,
  type Report,
  type StatusContext,
} from '@emrex-gateway/elmo'

/**
 * A merit from elsewhere as Ladok keeps it. Grade, scale and credits are free texts there, so they stay as the document has
 * them; who decides about them and what they become in Swedish credits is for staff.
 *
 * Spec: `AnnanMerit` of Ladok's result schemas.
 */
export interface AnnanMerit {
  readonly Benamning: string
  readonly AlternativBenamning?: string
  readonly Utbildningskod?: string
  /** Number and unit, such as `7.5 ects`. */
  readonly Omfattning?: string
  readonly Resultat?: string
  readonly Betygsskala?: string
  readonly Examinationsdatum?: string
  readonly Ursprung?: string
  readonly UrsprungAlternativBenamning?: string
  readonly Beskrivning?: string
  readonly MeritViaEmrex: true
  readonly Attesterad: false
}

/** The structured data of a delivery: `annan-merit.json`, a list of `AnnanMerit`. */
export const filesOf = (delivery: Pick<Delivery, 'document'>): readonly CaseFile[] => [
  {
    name: 'annan-merit.json',
    mediaType: 'application/json',
    text: `${JSON.stringify(meritsOf(delivery.document.elmo), null, 2)}\n`,
  },
]

/**
 * The passed results of a document in its order. A part names its whole, so that nobody adds the credits of both. Results that
 * are not passed are left out: a merit has no field that would say so.
 */
export function meritsOf(elmo: Pick<Elmo, 'reports'>): AnnanMerit[] {
  const merits: AnnanMerit[] = []
  const add = (
    report: Report,
    los: LearningOpportunitySpecification,
    context: StatusContext,
    whole?: LearningOpportunitySpecification,
  ): void => {
    // Some name no status, and tell a failure by its grade alone.
    if (resultStatus(los, context).status === 'passed') merits.push(meritOf(report, los, whole))
    for (const part of los.parts ?? []) add(report, part, contextOfParts(los, context), los)
  }
  for (const report of elmo.reports)
    for (const los of report.learningOpportunitySpecification ?? [])
      add(report, los, { country: report.issuer.country })
  return merits
}

function meritOf(
  { issuer, gradingScheme = [] }: Report,
  los: LearningOpportunitySpecification,
  whole: LearningOpportunitySpecification | undefined,
): AnnanMerit {
  const { credit = [], gradingSchemeLocalId, resultLabel, date } = los.instance
  const scale = gradingScheme.find(({ localId }) => localId === gradingSchemeLocalId)
  const [name, origin] = [inTwo(los.title), inTwo(issuer.title)]
  const wholeName = whole && [courseCode(whole), firstText(whole.title)].filter((part) => part !== undefined).join(' ')
  const fields = {
    AlternativBenamning: name.other,
    Utbildningskod: courseCode(los),
    Omfattning: textOrNone(credit.map(({ value, scheme }) => `${value ?? '?'} ${scheme}`).join(', ')),
    Resultat: resultLabel,
    Betygsskala: pickText(scale?.description, ['sv', 'en'])?.value ?? gradingSchemeLocalId,
    Examinationsdatum: date === undefined ? undefined : shownDay(date),
    Ursprung: textOrNone(origin.own),
    UrsprungAlternativBenamning: origin.other,
    Beskrivning: wholeName === undefined ? undefined : `Del av: ${wholeName}`,
  }
  return {
    Benamning: name.own,
    ...(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<AnnanMerit>),
    MeritViaEmrex: true,
    Attesterad: false,
  }
}

/** The own name, and the English one where that says something else. */
function inTwo(texts: readonly LangString[]): { readonly own: string; readonly other?: string } {
  const said = texts.filter(({ value }) => value.trim() !== '')
  const own = said[0]?.value ?? ''
  const other = said.find(({ lang, value }) => lang?.toLowerCase().startsWith('en') === true && value !== own)?.value
  return { own, ...(other === undefined ? {} : { other }) }
}

const textOrNone = (text: string): string | undefined => (text === '' ? undefined : text)
