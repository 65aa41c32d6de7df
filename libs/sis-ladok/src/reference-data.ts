import { SisError, type SisContext } from '@emrex-gateway/core'
import type { LadokApi } from './ladok-api.js'
import {
  courseRecord,
  moduleList,
  scaleList,
  termList,
  unitList,
  type CourseRecord,
  type ModuleRecord,
  type ScaleRecord,
  type TermRecord,
} from './ladok-records.js'

/** What codes and ids in results mean at this university. */
export interface ReferenceData {
  readonly scales: ReadonlyMap<string, ScaleRecord>
  /** Units that are ECTS one to one. */
  readonly ectsUnits: ReadonlySet<string>
  /** By id and by code. */
  readonly levels: ReadonlyMap<string, TermRecord>
  readonly languages: ReadonlyMap<string, TermRecord>
}

/**
 * Grade scales, units, levels and languages, each remembered for a day. Levels and languages are of interest with course
 * details alone.
 * @throws {SisError}
 */
export async function readReferenceData(api: LadokApi, context: SisContext): Promise<ReferenceData> {
  const { courseDetails } = api.settings
  const list = <Shape extends Parameters<LadokApi['ofCatalogue']>[2]>(name: string, shape: Shape) =>
    api.ofCatalogue('kataloginformation', `grunddata/${name}`, shape, context)
  const [scales, units, levels, languages] = await Promise.all([
    list('betygsskala', scaleList),
    list('enhet', unitList),
    courseDetails ? list('nivainomstudieordning', termList) : [],
    courseDetails ? list('undervisningssprak', termList) : [],
  ])
  return {
    scales: new Map(scales.flatMap((scale) => (scale.ID === undefined ? [] : [[scale.ID, scale]]))),
    // HP are ECTS because sixty make a year; the sixty of another unit, such as that of preparatory courses, do not.
    ectsUnits: new Set(
      units.flatMap(({ Kod, Helarsvarde }) => (Kod === 'HP' && Number(Helarsvarde) === 60 ? [Kod] : [])),
    ),
    levels: byIdAndCode(levels),
    languages: byIdAndCode(languages),
  }
}

const byIdAndCode = (terms: readonly TermRecord[]): ReadonlyMap<string, TermRecord> =>
  new Map(
    terms.flatMap((term) => [term.ID, term.Kod].flatMap((key) => (key === undefined ? [] : [[key, term] as const]))),
  )

/** A version of a course, or undefined where Ladok has none or keeps it from us. @throws {SisError} */
export const readCourse = (api: LadokApi, uid: string, context: SisContext): Promise<CourseRecord | undefined> =>
  orNone(
    api.ofCatalogue('utbildningsinformation', `utbildningsinstans/${encodeURIComponent(uid)}`, courseRecord, context),
  )

/** The modules of a version of a course. @throws {SisError} */
export const readModules = async (api: LadokApi, uid: string, context: SisContext): Promise<readonly ModuleRecord[]> =>
  (await orNone(
    api.ofCatalogue('resultat', `utbildningsinstans/${encodeURIComponent(uid)}/moduler`, moduleList, context),
  )) ?? []

/** Details are not worth a transcript: without them the result stands as it is. */
async function orNone<Value>(asked: Promise<Value>): Promise<Value | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof SisError && (error.kind === 'forbidden' || error.info.status === 404 || isMissing(error)))
      return undefined
    throw error
  }
}

const isMissing = ({ info }: SisError): boolean => info.upstreamCode?.endsWith('.obligatoriskt_varde_saknas') ?? false
