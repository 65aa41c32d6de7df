import { ElmoError } from '../../elmo-error.js'
import type { Attachment, Elmo, Issuer, Learner, Report } from '../../model.js'
import type { ConversionLoss } from '../conversion-loss.js'
import { ElmoConversion } from '../elmo-conversion.js'
import { generateIdentifier } from '../generated-identifier.js'
import { LossReport, pointer } from '../loss-report.js'
import { checkElmLimits, defaultElmLimits, type ElmLimits } from './elm-limits.js'
import { isOfDocument } from './elm-attachment.js'
import { withoutEmpty } from './elm-node.js'
import { ElmReading, isOnlyNamed, isRecord, type ElmAt } from './elm-reading.js'
import { isSameLearner, mergeIdentifiers, mergeLearner } from './merge-learner.js'
import { readAchievements } from './read-achievement.js'
import { readAttachment } from './read-attachment.js'
import { ReadSchemes } from './read-grading-scheme.js'
import { readOrganisation } from './read-organisation.js'
import { readPerson } from './read-person.js'

/** A document made of credentials. */
export interface ElmoFromElm {
  /** In the form of the newest release; convertElmo makes it one of another. */
  readonly elmo: Elmo
  /** Paths of what was dropped or changed lead into the credentials, those of what was added into the document. */
  readonly losses: readonly ConversionLoss[]
}

const refuse = (message: string, path = ''): never => {
  throw new ElmoError('ELMO_INVALID', message, { path })
}

function parse(source: unknown, limits: ElmLimits): unknown {
  if (typeof source !== 'string') return source
  if (source.length > limits.maxBytes) throw new ElmoError('ELMO_TOO_LARGE', 'the credential is too large')
  try {
    return JSON.parse(source) as unknown
  } catch {
    return refuse('the credential is no JSON')
  }
}

/** The credentials in a value: one, a list of them, or those that an envelope or a presentation holds. */
function credentialsIn(value: unknown, reading: ElmReading, path = ''): ElmAt[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => credentialsIn(each, reading, pointer(path, index)))
  if (!isRecord(value)) return refuse('this is no credential of the European Learning Model', path)
  const at = { node: value, path }
  if (reading.is(at, 'EuropeanDigitalCredential') || reading.is(at, 'VerifiableCredential')) return [at]
  for (const key of ['credentials', 'credential', 'verifiableCredential']) {
    if (Object.hasOwn(value, key)) return credentialsIn(value[key], reading, pointer(path, key))
  }
  return refuse('this is no credential of the European Learning Model', path)
}

/** What a claim was awarded by; the claims of one institution are one report. */
function awardingBodyOf(claim: ElmAt, issuer: ElmAt | undefined, reading: ElmReading): ElmAt | undefined {
  const aside = reading.aside()
  const process = aside.one(claim, 'awardedBy')
  const body = process && aside.one(process, 'awardingBody')
  return body === undefined ? issuer : reading.resolve(body)
}

function issuerOf(at: ElmAt | undefined, place: string, reading: ElmReading): Issuer {
  const issuer = at === undefined ? { identifier: [], title: [], url: '' } : readOrganisation(at, reading)
  if (issuer.title.length === 0) {
    issuer.title = [{ value: '' }]
    reading.report.add('TEXT_EMPTY', pointer(place, 'title'))
  }
  if (issuer.identifier.length === 0) {
    issuer.identifier = [generateIdentifier(place)]
    reading.report.add('IDENTIFIER_GENERATED', pointer(place, 'identifier'))
  }
  if (issuer.url === '') reading.report.add('TEXT_EMPTY', pointer(place, 'url'))
  return issuer
}

/** When the credential was issued; it may say so under several names. */
function issueDateOf(credential: ElmAt, reading: ElmReading): string | undefined {
  const aside = reading.aside()
  const names = ['issued', 'issuanceDate', 'validFrom']
  const name = names.find((each) => aside.valid(credential, each, 'dateTime') !== undefined)
  if (name === undefined) return undefined
  const date = reading.text(credential, name)
  for (const each of names) if (aside.text(credential, each) === date) reading.skip(credential, each)
  return date
}

function readReports(credential: ElmAt, subject: ElmAt, offset: number, reading: ElmReading): Report[] {
  const issuer = reading.one(credential, 'issuer')
  const claims = reading.many(subject, 'hasClaim')
  const groups = new Map<string, { body: ElmAt | undefined; claims: ElmAt[] }>()
  for (const claim of claims) {
    const body = awardingBodyOf(claim, issuer, reading)
    const group = groups.get(reading.institutionKey(body)) ?? { body, claims: [] }
    group.claims.push(claim)
    groups.set(reading.institutionKey(body), group)
  }
  if (groups.size === 0) groups.set('', { body: issuer, claims: [] })
  const issueDate = issueDateOf(credential, reading)
  // The same institution stands in several places; it is read in one.
  const isRepeated = [...groups.values()].some(
    ({ body }) => reading.institutionKey(body) === reading.institutionKey(issuer) && body?.node !== issuer?.node,
  )
  if (issuer !== undefined && isRepeated) reading.skipAll(issuer)
  return [...groups.values()].map(({ body, claims: own }, index) => {
    const place = `/reports/${offset + index}`
    const schemes = new ReadSchemes()
    const key = reading.institutionKey(body)
    const institution = (at: ElmAt, name: string): void => {
      for (const each of reading.many(at, name)) {
        const written = reading.resolve(each)
        if (reading.institutionKey(written) !== key) reading.report.add('ELM_NOT_READ', each.path)
        if (each.node !== body?.node && !isOnlyNamed(written)) reading.skipAll(each)
      }
    }
    if (issueDate === undefined) reading.report.add('TEXT_EMPTY', pointer(place, 'issueDate'))
    const results = readAchievements(own, pointer(place, 'learningOpportunitySpecification'), 0, {
      reading,
      schemes,
      institution,
    })
    return withoutEmpty({
      issuer: issuerOf(body, pointer(place, 'issuer'), reading),
      learningOpportunitySpecification: results,
      issueDate: issueDate ?? '',
      gradingScheme: schemes.list,
    }) as unknown as Report
  })
}

function readCredentials(credentials: readonly ElmAt[], reading: ElmReading): Elmo {
  const reports: Report[] = []
  const attachments: Attachment[] = []
  const subjects: Learner[] = []
  let learner: Learner | undefined
  for (const credential of credentials) {
    const subject = reading.one(credential, 'credentialSubject')
    if (subject === undefined) return refuse('the credential has no subject', credential.path)
    const own = readPerson(subject, reading)
    subjects.push(own)
    if (learner !== undefined && !isSameLearner(learner, own)) {
      return refuse('the credentials are about different people', credential.path)
    }
    learner = learner === undefined ? own : mergeLearner(learner, own, subject, reading)
    const read = readReports(credential, subject, reports.length, reading)
    const files = reading.many(credential, 'attachment').flatMap((each) => readAttachment(each, reading) ?? [])
    const ofReport = files.filter((file) => !isOfDocument(file))
    if (read[0] !== undefined && ofReport.length > 0) read[0].attachment = ofReport
    attachments.push(...files.filter(isOfDocument))
    reports.push(...read)
    reading.skip(credential, 'credentialProfiles', 'credentialSchema', '@context')
    for (const key of ['credentialProfiles', 'credentialSchema']) {
      for (const each of reading.many(credential, key)) reading.skipAll(each)
    }
  }
  const generatedDate = reports[0]?.issueDate ?? ''
  reading.report.add('GENERATED_DATE_TAKEN', '/generatedDate')
  const elmo = {
    generatedDate,
    learner: withoutEmpty({ ...learner, identifier: mergeIdentifiers(subjects) }),
    reports,
    attachments,
  }
  return withoutEmpty(elmo) as unknown as Elmo
}

/**
 * A document of ELMO from European Digital Credentials of the European Learning Model, version 3: one credential, a list
 * of them or an envelope around them, as JSON text or as its value. Single values and lists are taken for one another,
 * types with a prefix and texts without a language too. The credential is not verified: whoever calls knows its seal.
 *
 * Every claim of an achievement becomes a result, one report for each awarding body. What is in the credentials and not
 * in the document is named in `losses`; what the document must have and the credentials lack is named as `added`. What
 * toElm wrote comes back as it was but for what the two reports name.
 *
 * Spec: European Learning Model 3.2, application profile EDC; its ELM-ELMO mapping.
 * @throws {ElmoError} ELMO_INVALID for what is no such credential, or about several people; ELMO_TOO_LARGE, ELMO_TOO_DEEP,
 *   ELMO_TOO_MANY_NODES past the limits
 */
export function fromElm(source: unknown, limits: Partial<ElmLimits> = {}): ElmoFromElm {
  const all = { ...defaultElmLimits, ...limits }
  const value = parse(source, all)
  checkElmLimits(value, all)
  const report = new LossReport()
  const reading = new ElmReading(report)
  const credentials = credentialsIn(value, reading)
  if (credentials.length === 0) refuse('there is no credential')
  for (const credential of credentials) reading.rememberOrganisations(credential)
  const read = readCredentials(credentials, reading)
  const elmo = new ElmoConversion('2.1.1', {}, report).document(read)
  for (const { node, path } of credentials) reading.nameUnread(node, path)
  return { elmo, losses: report.losses }
}
