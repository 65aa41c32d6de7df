import { shownDay, type CaseFile, type Delivery } from '@emrex-gateway/core'
import { courseCode, firstText, type LearningOpportunitySpecification, type Report } from '@emrex-gateway/elmo'

/** One result as the office enters it into a decision. Decimals and dates are text, and what is not known is null. */
interface DecisionItem {
  readonly number: number
  /** The item that it is a part of: the credits of one or the other count, never both. */
  readonly partOf: number | null
  readonly institution: string
  readonly courseId: string | null
  readonly name: { readonly original: string; readonly en: string | null; readonly pl: string | null }
  readonly ects: string | null
  /** Credits in another unit, as they stand in the document. */
  readonly otherCredits: { readonly unit: string; readonly value: string } | null
  readonly grade: string | null
  readonly gradingScale: string | null
  readonly status: string | null
  readonly date: string | null
  readonly term: string | null
  readonly language: string | null
}

/**
 * What the student's office needs to decide about a delivery: USOS has no interface that takes results from elsewhere, so
 * this is for a person, who enters the decision in USOSweb. Grades are as printed abroad and never converted.
 */
export function filesOf({ id, owner, match, origin, document }: Delivery): readonly CaseFile[] {
  const items: DecisionItem[] = []
  const add = (report: Report, los: LearningOpportunitySpecification, partOf: number | null): void => {
    const number = items.length + 1
    items.push(itemOf(report, los, number, partOf))
    for (const part of los.parts ?? []) add(report, part, number)
  }
  for (const report of document.elmo.reports)
    for (const los of report.learningOpportunitySpecification ?? []) add(report, los, null)
  const decision = {
    delivery: id,
    receivedAt: origin.receivedAt,
    from: { ncp: origin.ncp, country: origin.country },
    student: {
      usosUserId: owner.person,
      givenNames: owner.learner.givenNames,
      familyName: owner.learner.familyName,
      institution: owner.institution.schac ?? owner.institution.code,
    },
    match: { verdict: match.verdict, reasons: match.reasons },
    items,
  }
  const text = `${JSON.stringify(decision, null, 2)}\n`
  return [{ name: 'decision-items.json', mediaType: 'application/json', text }]
}

function itemOf(
  { issuer }: Report,
  los: LearningOpportunitySpecification,
  number: number,
  partOf: number | null,
): DecisionItem {
  const { instance, title } = los
  const credits = instance.credit ?? []
  const ects = credits.find(({ scheme }) => scheme.toLowerCase() === 'ects')
  const other = credits.find((credit) => credit !== ects && credit.value !== undefined)
  const inLanguage = (language: string) =>
    title.find(({ lang, value }) => lang?.toLowerCase().split('-')[0] === language && value.trim() !== '')?.value ??
    null
  return {
    number,
    partOf,
    institution: issuer.identifier.find(({ type }) => type === 'schac')?.value ?? firstText(issuer.title) ?? '',
    courseId: courseCode(los) ?? null,
    name: { original: firstText(title) ?? '', en: inLanguage('en'), pl: inLanguage('pl') },
    ects: ects?.value ?? null,
    otherCredits: other === undefined ? null : { unit: other.scheme, value: other.value! },
    grade: instance.resultLabel ?? null,
    gradingScale: instance.gradingSchemeLocalId ?? null,
    status: instance.status ?? null,
    date: instance.date === undefined ? null : shownDay(instance.date),
    term: firstText(instance.academicTerm?.title) ?? null,
    language: instance.languageOfInstruction ?? null,
  }
}
