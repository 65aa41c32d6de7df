import { nestParts, xmlText, type Notice } from '@emrex-gateway/core'
import type { GradingScheme, Issuer, Report } from '@emrex-gateway/elmo'
import { schemeOf } from './build-instance.js'
import { buildSpecification, codeOfProof } from './build-specification.js'
import type { FsInstitution, FsProof } from './fs-answers.js'
import type { FsSettings } from './fs-settings.js'
import { isPart } from './part-of-course.js'
import { parentOfProofs } from './parent-of-proofs.js'
import { textsOfNames } from './texts-of-names.js'

/**
 * One report for each institution that answers for results today, degrees with their courses as trees. Only what is valid
 * and announced is in them; the notices tell what was left out.
 */
export function buildReports(
  proofs: readonly FsProof[],
  settings: FsSettings,
  issueDate: string,
  notices: Notice[],
): Report[] {
  const parents = parentOfProofs(proofs)
  const shown = proofs.filter((proof) => isShown(proof, notices))
  const byIssuer = new Map<string, FsProof[]>()
  // Degrees stand first, as on paper.
  for (const proof of [...shown].sort((a, b) => order(a) - order(b))) {
    const issuer = issuerOfProof(proof)?.organisasjonskode ?? settings.organisasjonskode
    byIssuer.set(issuer, [...(byIssuer.get(issuer) ?? []), proof])
  }
  if (settings.resultDate === 'none' && shown.some(({ __typename }) => __typename === 'Resultat'))
    notices.push({ notice: 'date-missing' })
  return [...byIssuer.values()].map((ofIssuer) => {
    const gradingScheme = gradingSchemes(ofIssuer)
    return {
      issuer: buildIssuer(
        ofIssuer.map(issuerOfProof).find((known) => known !== undefined),
        settings,
      ),
      learningOpportunitySpecification: nestParts(
        ofIssuer.map((proof) => ({
          key: proof.id,
          parent: parents.get(proof.id),
          specification: buildSpecification(proof, settings, notices),
        })),
        notices,
        parents,
      ),
      issueDate,
      ...(gradingScheme.length > 0 ? { gradingScheme } : {}),
    }
  })
}

const order = ({ __typename }: FsProof): number =>
  ({ OppnaddKvalifikasjon: 0, OppnaddEmnesamling: 1, Resultat: 2 })[__typename]

const issuerOfProof = (proof: FsProof): FsInstitution | undefined =>
  proof.__typename === 'OppnaddEmnesamling' ? undefined : proof.larested

/** An annulled result is none; one that the student has not been told about yet stays with FS. */
function isShown(proof: FsProof, notices: Notice[]): boolean {
  if (!proof.gyldig) return false
  if (proof.__typename !== 'Resultat') return true
  const code = codeOfProof(proof)
  const detail = code === undefined ? {} : { detail: code }
  if (proof.erKunngjort !== true) {
    notices.push({ notice: 'not-announced', ...detail })
    return false
  }
  // The institution's own transcript does not show this part either.
  const isHidden = proof.vurderingsenhet?.vurderingsoppbygningsdel?.skalVisesPaKarakterutskrift === false
  if (isHidden && isPart(proof)) notices.push({ notice: 'partly-read', ...detail })
  return !(isHidden && isPart(proof))
}

export function buildIssuer(known: FsInstitution | undefined, settings: FsSettings): Issuer {
  const { organisasjonskode, institution } = settings
  const code = known?.organisasjonskode ?? organisasjonskode
  const own = code === organisasjonskode ? institution : undefined
  const erasmus = xmlText(known?.erasmusInstitusjonskode) ?? own?.erasmus
  const named = textsOfNames(known?.navn)
  const fallback = textsOfNames({ nb: own?.title ?? code, en: own?.titleEnglish ?? null })
  const url = [known?.url, own?.url].find((one) => one !== undefined && /^https?:\/\/\S+$/.test(one))
  return {
    country: 'NO',
    identifier: [
      ...(own?.schac === undefined ? [] : [{ type: 'schac', value: own.schac }]),
      ...(erasmus === undefined ? [] : [{ type: 'erasmus', value: erasmus }]),
      { type: 'local', value: code },
    ],
    title: named.length > 0 ? named : fallback,
    url: url ?? (own?.schac === undefined ? '' : `https://${own.schac}/`),
  }
}

function gradingSchemes(proofs: readonly FsProof[]): GradingScheme[] {
  const rules = proofs.flatMap((proof) => (proof.__typename === 'Resultat' ? (proof.karakter?.regel?.kode ?? []) : []))
  return [...new Set(rules)].map((rule) => ({
    localId: schemeOf(rule),
    description: [
      { value: `Karakterregel ${rule} i FS`, lang: 'nb' },
      { value: `Grading rule ${rule} of FS`, lang: 'en' },
    ],
  }))
}
