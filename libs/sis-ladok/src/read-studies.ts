import { SisError, type Notice, type SisContext } from '@emrex-gateway/core'
import type { LadokApi } from './ladok-api.js'
import {
  participations,
  studyStructure,
  type Names,
  type ParticipationRecord,
  type StudyNode,
} from './ladok-records.js'

const maxDepth = 12

/** Which courses somebody takes or took part in, and in which terms. @throws {SisError} */
export const readParticipations = (
  api: LadokApi,
  person: string,
  context: SisContext,
  notices: Notice[],
): Promise<readonly ParticipationRecord[]> =>
  orNothing(notices, [], async () => {
    const path = `tillfallesdeltagande/kurstillfallesdeltagande/student/${encodeURIComponent(person)}`
    return (await api.ofPerson('studiedeltagande', path, participations, context)).Tillfallesdeltaganden
  })

/** The names of the programme that each course belongs to, by the uid of the course. @throws {SisError} */
export const readProgrammes = (
  api: LadokApi,
  person: string,
  context: SisContext,
  notices: Notice[],
): Promise<ReadonlyMap<string, Names>> =>
  orNothing<ReadonlyMap<string, Names>>(notices, new Map(), async () => {
    const path = `studiestruktur/student/${encodeURIComponent(person)}`
    const { Studiestruktur } = await api.ofPerson('studiedeltagande', path, studyStructure, context)
    return programmesOf(Studiestruktur)
  })

/** The outermost programme counts: what stands between it and a course is a specialisation. */
export function programmesOf(roots: readonly StudyNode[]): ReadonlyMap<string, Names> {
  const programmes = new Map<string, Names>()
  const walk = (node: StudyNode, programme: Names | undefined, depth: number): void => {
    const about = node.Utbildningsinformation
    const isProgramme = about?.Utbildningstyp?.Grundtyp === 'KURSPAKETERING'
    const within = programme ?? (isProgramme ? { ...about.Benamningar, ...about.Benamning } : undefined)
    if (!isProgramme && within !== undefined && about?.UtbildningUID !== undefined)
      programmes.set(about.UtbildningUID, within)
    if (depth < maxDepth) for (const child of node.Barn) walk(child, within, depth + 1)
  }
  for (const root of roots) walk(root, undefined, 0)
  return programmes
}

/** Terms, programmes and degrees stand around the results: where the right to read them is missing, it is told and the rest given. */
export async function orNothing<Value>(notices: Notice[], nothing: Value, ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof SisError) || (error.kind !== 'forbidden' && error.kind !== 'unknown-person')) throw error
    if (error.kind === 'forbidden') notices.push({ notice: 'partly-read' })
    return nothing
  }
}
