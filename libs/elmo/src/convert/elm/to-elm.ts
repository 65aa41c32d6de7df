import { randomUUID } from 'node:crypto'
import type { Elmo, Issuer, LangString, Report } from '../../model.js'
import type { ConversionLoss } from '../conversion-loss.js'
import { LossReport, pointer } from '../loss-report.js'
import { checkElm } from './check-elm.js'
import { achievementsOf } from './elm-achievement.js'
import { GradingSchemes } from './elm-assessment.js'
import { attachmentOf, isOfDocument, mediaObjectOf, type ReadData } from './elm-attachment.js'
import { conceptOf, type ElmNode } from './elm-node.js'
import { organisationOf, type LegalIdentifier } from './elm-organisation.js'
import { personOf } from './elm-person.js'
import { ElmWriting } from './elm-writing.js'
import { concepts, elmContexts, elmSchema, elmTypes, languageConcept, schemes } from './elm-vocabulary.js'
import { authorityLanguageOf } from './language-codes.js'

/** What a credential must have and a document of ELMO has not. */
export interface ElmOptions {
  /** One credential for each report, as the official mapping has it (default), or one for the whole document. */
  readonly per?: 'report' | 'document'
  /** Gives the address of each credential; by default a new random one. */
  readonly credentialId?: (index: number) => string
  /** Who seals the credential; by default the institution of its report. */
  readonly issuer?: Issuer
  /** The official identifier of whoever seals; the profile demands it. */
  readonly legalIdentifier?: LegalIdentifier
  /** From when the credential holds, a dateTime; by default the issue date of its report. */
  readonly validFrom?: string
  /** The title that a wallet shows; by default "Academic results" in English. */
  readonly title?: readonly LangString[]
  /** The first language of the credential, ISO 639-1; by default English. */
  readonly language?: string
  /** What a wallet shows first; by default a picture of one transparent dot. */
  readonly image?: ReadData
  /** The country that a `nationalIdentifier` of the learner is of, two letters; else it stays a plain identifier. */
  readonly nationalIdCountry?: string
}

export interface ElmDocument {
  /** European Digital Credentials as JSON-LD, not sealed. */
  readonly credentials: readonly ElmNode[]
  /**
   * Paths of `added`, `missing` and `kept` lead into this object: `/credentials/0/...`. `missing` is what the profile
   * demands; a credential with none of it satisfies checkElm.
   */
  readonly losses: readonly ConversionLoss[]
}

const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII='

const languageNode = (code: string): ElmNode => conceptOf(languageConcept(code), schemes.language)

function displayOf(options: ElmOptions, path: string, writing: ElmWriting): ElmNode {
  const { title = [{ lang: 'en', value: 'Academic results' }], language = 'en', image } = options
  const code = authorityLanguageOf.get(language.toLowerCase()) ?? 'ENG'
  if (image === undefined) writing.report.add('IMAGE_PLACEHOLDER', pointer(path, 'displayParameter'))
  const picture = mediaObjectOf(image ?? { mediaType: 'image/png', base64: dot }, {}, writing)
  return writing.node('DisplayParameter', {
    title: writing.aside().texts(title, ''),
    primaryLanguage: languageNode(code),
    language: [languageNode(code)],
    individualDisplay: [
      writing.node('IndividualDisplay', {
        language: languageNode(code),
        displayDetail: [writing.node('DisplayDetail', { image: picture, page: 1 })],
      }),
    ],
  })
}

interface PlacedReport {
  readonly report: Report
  readonly from: string
}

function credentialOf(
  elmo: Elmo,
  placed: readonly PlacedReport[],
  index: number,
  options: ElmOptions,
  report: LossReport,
): ElmNode {
  const path = `/credentials/${index}`
  const writing = new ElmWriting(report)
  const attachments: ElmNode[] = []
  const attach = (file: ElmNode): string => pointer(pointer(path, 'attachment'), attachments.push(file) - 1)
  const claimsPath = `${path}/credentialSubject/hasClaim`
  const claims: ElmNode[] = []
  const [first] = placed
  let issuer = options.issuer && organisationOf(options.issuer, '', options.legalIdentifier, writing.aside())
  for (const { report: own, from } of placed) {
    const awardingBody = organisationOf(
      own.issuer,
      pointer(from, 'issuer'),
      issuer === undefined ? options.legalIdentifier : undefined,
      writing,
    )
    issuer ??= awardingBody
    const gradingSchemes = new GradingSchemes(own.gradingScheme ?? [], pointer(from, 'gradingScheme'), writing)
    const results = own.learningOpportunitySpecification ?? []
    const place = { from: pointer(from, 'learningOpportunitySpecification'), to: claimsPath }
    const context = { writing, country: own.issuer.country, awardingBody, gradingSchemes, attach }
    claims.push(...achievementsOf(results, place, context, claims.length))
    gradingSchemes.dropUnused()
    own.attachment?.forEach((each, at) => {
      const place = pointer(pointer(from, 'attachment'), at)
      attachments.push(...attachmentOf(each, place, writing))
      if (isOfDocument(each)) report.add('ATTACHMENT_PLACE', place)
    })
    writing.drop(from, { resultOfRecognition: own.resultOfRecognition, status: own.status })
    if (own !== first?.report) writing.drop(from, { issueDate: own.issueDate })
  }
  if (index === 0) {
    elmo.attachments?.forEach((each, at) => {
      attachments.push(...attachmentOf(each, `/attachments/${at}`, writing))
      if (!isOfDocument(each)) report.add('ATTACHMENT_PLACE', `/attachments/${at}`)
    })
  }
  const issued = writing.valid(first?.report.issueDate, 'dateTime', `${first?.from}/issueDate`)
  return {
    '@context': elmContexts,
    id: options.credentialId?.(index) ?? `urn:credential:${randomUUID()}`,
    type: elmTypes,
    credentialProfiles: [conceptOf(concepts.genericProfile, schemes.profile, 'Generic')],
    credentialSchema: [{ id: elmSchema, type: 'ShaclValidator2017' }],
    displayParameter: displayOf(options, path, writing),
    ...(issuer === undefined ? {} : { issuer }),
    issuanceDate: options.validFrom ?? issued,
    issued,
    validFrom: options.validFrom ?? issued,
    credentialSubject: personOf(elmo.learner, claims, options.nationalIdCountry, writing),
    ...(attachments.length === 0 ? {} : { attachment: attachments }),
  }
}

/** Losses of the learner are met once for each credential, and named once. */
function named(losses: readonly ConversionLoss[]): ConversionLoss[] {
  const seen = new Set<string>()
  return losses.filter(({ code, path, kept }) => {
    const key = JSON.stringify([code, path, kept])
    return seen.has(key) ? false : seen.add(key)
  })
}

/**
 * A document as European Digital Credentials of the European Learning Model, version 3, in JSON-LD.
 *
 * A credential states achievements: results that were not passed stay out, and the passed parts of a whole that was not
 * take its place; a result without a status counts as passed, and `losses` says so, unless its grade fails in the country of
 * its institution (`resultStatus`). The credentials are not sealed and do not carry the signature of the document: `losses`
 * always begins with SIGNATURE_LOST. Every property of the source either comes back by fromElm or is named in `losses`; what
 * the profile demands beyond the options is named as `missing`. The same document and options give the same credentials,
 * but for random addresses. `docs/elmo-conversion.md` has the table.
 *
 * Spec: European Learning Model 3.2, application profile EDC; its ELM-ELMO mapping.
 * @throws {ElmoError} ELMO_TOO_DEEP when the results have no end
 */
export function toElm(elmo: Elmo, options: ElmOptions = {}): ElmDocument {
  const report = new LossReport()
  report.add('SIGNATURE_LOST', '/signature')
  const placed = elmo.reports.map((each, index) => ({ report: each, from: `/reports/${index}` }))
  const parts = options.per === 'document' ? [placed] : placed.map((each) => [each])
  const credentials = parts.map((part, index) => credentialOf(elmo, part, index, options, report))
  const { generatedDate, groups, extension, extensionAttributes } = elmo
  new ElmWriting(report).drop('', { generatedDate, groups, extension, extensionAttributes })
  credentials.forEach((credential, index) => {
    for (const { path } of checkElm(credential)) report.add('PROFILE_DEMANDS', `/credentials/${index}${path}`)
  })
  return { credentials, losses: named(report.losses) }
}
