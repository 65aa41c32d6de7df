import { shownDay, type CaseFile, type Delivery } from '@emrex-gateway/core'
import {
  birthDateOf,
  courseCode,
  resultLevel,
  type LangString,
  type LearningOpportunitySpecification,
  type Report,
} from '@emrex-gateway/elmo'

/**
 * What staff enters in FS as external studies (person image "eksternstudium – resultater"), as data in its words: FS has no
 * public way to write it. Decimals and dates stay text, credits keep their unit, grades are as printed.
 *
 * Guaranteed: the same delivery gives the same bytes. Not confirmed: the names of the fields; FS publishes none for this.
 */
export const filesOf = (delivery: Delivery): readonly CaseFile[] => [
  {
    name: 'eksternstudium.json',
    mediaType: 'application/json',
    text: `${JSON.stringify(eksternstudium(delivery), null, 2)}\n`,
  },
]

export function eksternstudium({ id, owner, match, origin, document }: Delivery) {
  const { learner, reports } = document.elmo
  return {
    // What FS itself writes beside such results.
    merknad: 'EMREX',
    leveranse: id,
    organisasjonskode: owner.institution.code,
    personlopenummer: owner.person,
    personMatch: match.verdict,
    mottatt: origin.receivedAt,
    kilde: { ncp: origin.ncp, land: origin.country },
    personIDokumentet: {
      fornavn: learner.givenNames,
      etternavn: learner.familyName,
      fodselsdato: birthDateOf(learner) ?? null,
    },
    eksternstudier: reports.map(studyOf),
  }
}

function studyOf({ issuer, learningOpportunitySpecification = [], issueDate }: Report) {
  const identifier = (type: string) => issuer.identifier.find((one) => one.type.toLowerCase() === type)?.value ?? null
  return {
    larested: {
      navn: byLanguage(issuer.title),
      land: issuer.country ?? null,
      erasmusInstitusjonskode: identifier('erasmus'),
      schac: identifier('schac'),
    },
    utstedt: issueDate,
    resultater: learningOpportunitySpecification.map(resultOf),
  }
}

/** With its parts below it: the weight of the whole and those of its parts are never to be added. */
function resultOf(los: LearningOpportunitySpecification): object {
  const { instance, parts = [] } = los
  return {
    emnekode: courseCode(los) ?? null,
    navn: byLanguage(los.title),
    type: los.type ?? null,
    vektinger: (instance.credit ?? []).map(({ scheme, value }) => ({
      verdi: value ?? null,
      // Study points are ECTS one to one; any other unit is for staff to judge.
      vektingstype: scheme.toLowerCase() === 'ects' ? 'SP' : scheme,
    })),
    karakter: instance.resultLabel ?? null,
    bestatt: instance.status === 'passed' ? true : instance.status === 'failed' ? false : null,
    status: instance.status ?? null,
    dato: instance.date === undefined ? null : shownDay(instance.date),
    termin: instance.academicTerm === undefined ? null : byLanguage(instance.academicTerm.title),
    eqfnivakode: resultLevel(los)?.eqf ?? null,
    iscedFKode: los.iscedCode ?? null,
    deler: parts.map(resultOf),
  }
}

/** `und`: the document names no language; such texts may be the same in several. */
function byLanguage(texts: readonly LangString[]): Record<string, string> {
  const names: Record<string, string> = {}
  for (const { value, lang = 'und' } of texts)
    if (value.trim() !== '') names[lang] = names[lang] === undefined ? value : `${names[lang]} / ${value}`
  return names
}
