import { calendarDay, xmlText, type Notice, type SisContext } from '@emrex-gateway/core'
import type { LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { creditsOf } from './build-instance.js'
import type { LadokApi } from './ladok-api.js'
import { degreeList, type DegreeRecord } from './ladok-records.js'
import { namesOf } from './names-of.js'
import { orNothing } from './read-studies.js'
import type { ReferenceData } from './reference-data.js'

/**
 * Issued degrees over the courses they rest on. The path is an assumption, so a setting turns this on.
 * @throws {SisError}
 */
export async function withDegrees(
  api: LadokApi,
  person: string,
  courses: readonly LearningOpportunitySpecification[],
  reference: ReferenceData,
  context: SisContext,
  notices: Notice[],
): Promise<LearningOpportunitySpecification[]> {
  const path = `utfardatbevis/student/${encodeURIComponent(person)}`
  const degrees = await orNothing(notices, [], () => api.ofPerson('examen', path, degreeList, context))
  return degreesOver(degrees, courses, reference, notices)
}

/** Each course stands once: under the first degree that names its result, or beside the degrees. */
export function degreesOver(
  degrees: readonly DegreeRecord[],
  courses: readonly LearningOpportunitySpecification[],
  reference: Pick<ReferenceData, 'ectsUnits'>,
  notices: Notice[],
): LearningOpportunitySpecification[] {
  const left = new Set(courses)
  const built: LearningOpportunitySpecification[] = []
  for (const degree of degrees.filter(({ Borttaget }) => !Borttaget)) {
    const title = namesOf(degree.Benamningar)
    if (title.length === 0) {
      notices.push({ notice: 'title-missing' })
      continue
    }
    const merits = new Set(degree.GiltigaMeriterForBevis.flatMap(({ ResultatUID }) => ResultatUID ?? []))
    const parts = [...left].filter(({ instance }) => instance.identifier?.some(({ value }) => merits.has(value)))
    for (const part of parts) left.delete(part)
    const code = xmlText(degree.Bevisbenamningskod)
    if (code === undefined) notices.push({ notice: 'code-missing' })
    const date = calendarDay(degree.Utfardandedatum)
    if (date === undefined) notices.push({ notice: 'date-missing' })
    // A certificate of finished studies is not a degree.
    const isDegree = degree.Bevistyp?.NationellBevistyp?.Bevisgrundtyp?.toLowerCase() !== 'bevisovergenomfordutbildning'
    built.push({
      ...(code === undefined ? {} : { identifier: [{ type: 'local', value: code }] }),
      title,
      ...(isDegree ? { type: 'Degree Programme' } : {}),
      instance: {
        ...(date === undefined ? {} : { date }),
        status: 'passed',
        ...creditsOf(degree.Omfattning, degree.Enhet, reference, notices),
      },
      ...(parts.length > 0 ? { parts } : {}),
    })
  }
  return [...built, ...left]
}
