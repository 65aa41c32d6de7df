import type { ParticipationRecord, ResultRecord, ResultsOfCourse } from './ladok-records.js'

/** One course of a student: its own result where it has one, the results of its modules, and how the student takes part. */
export interface CourseOfStudent {
  readonly kursUid?: string | undefined
  readonly course?: ResultRecord
  readonly modules: readonly ResultRecord[]
  readonly participation?: ParticipationRecord
  /** Taken up, and neither finished nor given up. */
  readonly isRunning: boolean
}

const attested = 'ATTESTERAT'

/**
 * Tells results of whole courses from results of their modules, and adds the courses that have no result yet.
 *
 * The result of the course is the one about the course itself, or with its code; of several the latest, where one with a grade
 * stands over one that was only credited.
 */
export function groupCourses(
  results: readonly ResultsOfCourse[],
  participations: readonly ParticipationRecord[],
): CourseOfStudent[] {
  const takenOf = new Map<string, ParticipationRecord[]>()
  for (const participation of participations) {
    const uid = participation.Utbildningsinformation.UtbildningUID
    if (uid === undefined) continue
    const taken = takenOf.get(uid)
    if (taken === undefined) takenOf.set(uid, [participation])
    else taken.push(participation)
  }
  const courses = results.map(({ KursUID, Studentresultat }): CourseOfStudent => {
    const rows = Studentresultat.filter(({ Resultatstatus = attested }) => Resultatstatus === attested)
    const participation = latest(KursUID === undefined ? [] : (takenOf.get(KursUID) ?? []))
    const code = participation?.Utbildningsinformation.Utbildningskod
    const isCourse = (row: ResultRecord) =>
      KursUID !== undefined && row.UtbildningUID !== undefined
        ? row.UtbildningUID === KursUID
        : row.Utbildningskod !== undefined && row.Utbildningskod === code
    const [course, ...others] = rows.filter(isCourse).sort(betterFirst)
    return {
      kursUid: KursUID,
      ...(course === undefined ? {} : { course }),
      // An earlier try of the course is not a part of it; what was credited towards it is.
      modules: [...rows.filter((row) => !isCourse(row)), ...others.filter(isCreditedAlone)],
      ...(participation === undefined ? {} : { participation }),
      isRunning: participation !== undefined && isRunning(participation),
    }
  })
  const known = new Set(results.map(({ KursUID }) => KursUID))
  for (const [kursUid, taken] of takenOf) {
    if (known.has(kursUid)) continue
    const participation = latest(taken)!
    if (isRunning(participation)) courses.push({ kursUid, modules: [], participation, isRunning: true })
  }
  return courses.filter(({ course, modules, isRunning }) => course !== undefined || modules.length > 0 || isRunning)
}

const isCreditedAlone = (row: ResultRecord): boolean =>
  row.Betygsgradskod === undefined && (row.Tillgodoinformation ?? undefined) !== undefined

function betterFirst(a: ResultRecord, b: ResultRecord): number {
  const grades = Number(isCreditedAlone(a)) - Number(isCreditedAlone(b))
  return grades === 0 ? (b.Examinationsdatum ?? '').localeCompare(a.Examinationsdatum ?? '') : grades
}

/** The last time that the course was taken, but for times that were called off before they began. */
function latest(participations: readonly ParticipationRecord[]): ParticipationRecord | undefined {
  const start = ({ Registreringsperiod }: ParticipationRecord) => Registreringsperiod?.Startdatum ?? ''
  return [...participations]
    .sort((a, b) => Number(a.Aterbud) - Number(b.Aterbud) || start(b).localeCompare(start(a)))
    .at(0)
}

/** Given up is a state whose name begins with AVBR (avbrott, avbruten). */
function isRunning({ Paborjad, Avklarad, Aterbud, TillstandKurs }: ParticipationRecord): boolean {
  const states = [TillstandKurs?.Sammanfattat, TillstandKurs?.Utbildning]
  return Paborjad && !Avklarad && !Aterbud && !states.some((state) => state?.toUpperCase().startsWith('AVBR') === true)
}
