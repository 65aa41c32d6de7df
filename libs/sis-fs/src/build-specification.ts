import { calendarDay, langString, xmlText, type Notice } from '@emrex-gateway/core'
import type { LangString, LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { buildInstance, credits, keyOf, level, notice, type Telling } from './build-instance.js'
import type { FsCourseSet, FsDegree, FsInstitution, FsNames, FsProof, FsResult } from './fs-answers.js'
import type { FsSettings } from './fs-settings.js'
import { describeCourse } from './describe-course.js'
import { courseOf, isPart } from './part-of-course.js'
import { nameIn, textsOfNames } from './texts-of-names.js'

/** What a proof is about, for notices; never anything about the person. */
export const codeOfProof = (proof: FsProof): string | undefined =>
  proof.__typename === 'Resultat'
    ? courseOf(proof)
    : proof.__typename === 'OppnaddKvalifikasjon'
      ? proof.gradkode
      : proof.emnesamling?.kode

/** A competence proof as ELMO, without its parts. */
export function buildSpecification(
  proof: FsProof,
  settings: FsSettings,
  notices: Notice[],
): LearningOpportunitySpecification {
  const telling = { settings, notices, about: codeOfProof(proof) }
  switch (proof.__typename) {
    case 'Resultat':
      return ofResult(proof, telling)
    case 'OppnaddKvalifikasjon':
      return ofDegree(proof, telling)
    case 'OppnaddEmnesamling':
      return ofCourseSet(proof, telling)
  }
}

function ofResult(result: FsResult, telling: Telling): LearningOpportunitySpecification {
  const { emne, vurderingsenhet, vurderingsoppbygningsdelskode } = result
  const part = isPart(result)
  const partNames = part ? vurderingsenhet?.vurderingsoppbygningsdel?.navnAlleSprak : undefined
  const course = xmlText(courseOf(result))
  const code = course !== undefined && part ? `${course}/${vurderingsoppbygningsdelskode}` : course
  const url = emne.url?.und
  const description = [...(part ? [] : describeCourse(result)), ...describe(result, result.oppgavetitler)]
  return {
    ...identifiers(code, part ? undefined : xmlText(emne.kode), result.id, telling),
    ...titles([partNames, emne.navnAlleSprak], code, telling),
    type: part ? 'Module' : 'Course',
    ...isced(emne.iscedFKode),
    ...(url !== undefined && /^https?:\/\/\S+$/.test(url) ? { url } : {}),
    ...(description.length > 0 ? { description } : {}),
    instance: buildInstance(result, telling),
  }
}

function ofDegree(degree: FsDegree, telling: Telling): LearningOpportunitySpecification {
  const date = calendarDay(degree.oppnaddDato)
  if (date === undefined) notice(telling, 'date-unreadable')
  const description = describe(degree)
  return {
    ...identifiers(xmlText(degree.gradkode), undefined, degree.id, telling),
    ...titles([degree.navnAlleSprak], degree.gradkode, telling),
    type: 'Degree Programme',
    ...isced(degree.kvalifikasjon?.iscedFKode),
    ...(description.length > 0 ? { description } : {}),
    instance: {
      identifier: [keyOf(degree.id)],
      ...(date === undefined ? {} : { date }),
      // FS keeps qualifications that were reached, no others.
      status: 'passed',
      ...credits(degree.vekting, telling),
      ...level(degree.kvalifikasjon?.studieniva?.eqfnivakode, telling),
    },
  }
}

/** A set of courses with a result of its own; its grade is not read. */
function ofCourseSet(set: FsCourseSet, telling: Telling): LearningOpportunitySpecification {
  const passed = set.vurderingsresultatstatus?.bestatt
  const description = describe(set)
  notice(telling, 'grade-missing')
  return {
    ...identifiers(xmlText(set.emnesamling?.kode), undefined, set.id, telling),
    ...titles([set.emnesamling?.navnAlleSprak], set.emnesamling?.kode, telling),
    type: 'Module',
    ...(description.length > 0 ? { description } : {}),
    instance: {
      identifier: [keyOf(set.id)],
      ...(passed === undefined ? {} : { status: passed ? 'passed' : 'failed' }),
    },
  }
}

/** Code with version first, because versions matter to receivers; a key of FS never passes for a code. */
function identifiers(code: string | undefined, bare: string | undefined, id: string, telling: Telling) {
  if (code === undefined) {
    notice(telling, 'code-missing')
    return { identifier: [keyOf(id)] }
  }
  const codes = bare === undefined || bare === code ? [code] : [code, bare]
  return { identifier: codes.map((value) => ({ type: 'local', value })) }
}

function titles(candidates: readonly FsNames[], code: string | undefined, telling: Telling): { title: LangString[] } {
  const title = candidates.map(textsOfNames).find((texts) => texts.length > 0)
  if (title !== undefined) return { title }
  notice(telling, 'title-missing')
  return { title: [{ value: xmlText(code) ?? '' }] }
}

const isced = (code: string | undefined) => (code !== undefined && /^\d{2,4}$/.test(code) ? { iscedCode: code } : {})

/** The title of a thesis, and under what name the institution was known at that time. */
function describe(
  proof: { readonly opprinneligLarested: FsInstitution | undefined; readonly larested?: FsInstitution | undefined },
  theses: FsResult['oppgavetitler'] = [],
): LangString[] {
  const written = theses.flatMap(({ tittel, sprak }) => {
    const title = xmlText(tittel)
    const lang = sprak?.iso6391Kode
    return title === undefined ? [] : langString(`${lang === 'en' ? 'Thesis' : 'Oppgave'}: ${title}`, lang)
  })
  const former = proof.opprinneligLarested
  if (former === undefined || former.organisasjonskode === proof.larested?.organisasjonskode) return written
  const [own, english] = [nameIn('nb', former.navn), nameIn('en', former.navn)]
  return own === undefined
    ? written
    : [...written, langString(`Avlagt ved ${own}.`, 'nb'), langString(`Taken at ${english ?? own}.`, 'en')]
}
