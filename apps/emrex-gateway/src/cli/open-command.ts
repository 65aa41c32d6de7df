import { readFileSync } from 'node:fs'
import { documentLimits } from '@emrex-gateway/core'
import {
  birthDateOf,
  courseCode,
  creditSum,
  ElmoError,
  pickText,
  readElmo,
  unpackElmo,
  verifyElmo,
  type CertificateFacts,
  type Elmo,
  type LearningOpportunitySpecification,
} from '@emrex-gateway/elmo'
import {
  certificateLines,
  harmless,
  harmlessJson,
  noticeLine,
  textTable,
  type ShownCertificate,
} from '@emrex-gateway/elmo/cli'
import { certificatesOf } from './certificates-of.js'
import { exitCodes } from './exit-codes.js'

export interface OpenOptions {
  readonly certificate: readonly string[]
  readonly allowSha1Until?: string
  readonly showUnverified: boolean
  readonly json: boolean
  readonly now: Date
}

/** What `emrex open --json` prints: one object. */
export interface OpenedAnswer {
  readonly verdict: 'verified' | 'refused'
  /** Absent when verified. */
  readonly code?: string
  readonly message: string
  /** Each as `code: words`. */
  readonly notices: readonly string[]
  readonly signer?: ShownCertificate
  readonly results?: Results
  /** Results of a refused document: only on demand, and under this word. */
  readonly unverified?: Results
}

interface Results {
  readonly learner: { readonly givenNames: string; readonly familyName: string; readonly birthDate?: string }
  readonly ects?: string
  readonly reports: readonly { readonly issuer: string; readonly results: readonly ResultRow[] }[]
}

interface ResultRow {
  readonly depth: number
  readonly code?: string
  readonly title: string
  readonly credits?: string
  readonly grade?: string
  readonly status?: string
}

/** Opens any EMREX answer: base64 of gzip, base64, gzip or XML. Deviations of the packing become notices. */
export function openAnswer(
  bytes: Uint8Array,
  options: Omit<OpenOptions, 'json' | 'certificate'> & { certificates: readonly string[] },
): OpenedAnswer {
  let xml: Uint8Array
  let notices: string[] = []
  try {
    const unpacked = unpackElmo(bytes, documentLimits)
    xml = unpacked.xml
    notices = unpacked.deviations.map(noticeLine)
  } catch (error) {
    if (!(error instanceof ElmoError)) throw error
    return { verdict: 'refused', code: error.code, message: error.message, notices }
  }
  const sha1 = options.allowSha1Until === undefined ? {} : { sha1Until: options.allowSha1Until }
  const outcome = verifyElmo(xml, {
    certificates: options.certificates,
    at: options.now,
    limits: documentLimits,
    ...sha1,
  })
  notices.push(...outcome.report.notices.map(noticeLine))
  const signer = signerOf(outcome.report.signer)
  if (outcome.verified) {
    notices.push(...outcome.document.problems.map(({ rule, message }) => `${rule}: ${message}`))
    return {
      verdict: 'verified',
      message: 'The signature holds.',
      notices,
      ...signer,
      results: resultsOf(outcome.document.elmo),
    }
  }
  const { code, message } = outcome
  const embedded = signerOf(outcome.report.embedded)
  const unverified = options.showUnverified ? unverifiedResults(xml) : undefined
  return {
    verdict: 'refused',
    code,
    message,
    notices,
    ...embedded,
    ...(unverified === undefined ? {} : { unverified }),
  }
}

function signerOf(facts: CertificateFacts | undefined): Pick<OpenedAnswer, 'signer'> {
  if (facts === undefined) return {}
  const { subject, sha256Fingerprint, notAfter } = facts
  return { signer: { subject, fingerprint: sha256Fingerprint, endDate: notAfter } }
}

function unverifiedResults(xml: Uint8Array): Results | undefined {
  try {
    return resultsOf(readElmo(xml, { limits: documentLimits }).elmo)
  } catch {
    return undefined
  }
}

const languages = ['en']

function resultsOf(elmo: Elmo): Results {
  const { ects } = creditSum(elmo)
  const { givenNames, familyName } = elmo.learner
  const birthDate = birthDateOf(elmo.learner)
  return {
    learner: { givenNames, familyName, ...(birthDate === undefined ? {} : { birthDate }) },
    ...(ects === undefined ? {} : { ects }),
    reports: elmo.reports.map((report) => ({
      issuer: pickText(report.issuer.title, languages)?.value ?? '',
      results: rowsOf(report.learningOpportunitySpecification ?? [], 0),
    })),
  }
}

function rowsOf(list: readonly LearningOpportunitySpecification[], depth: number): ResultRow[] {
  return list.flatMap((los) => {
    const { credit, resultLabel, status } = los.instance
    const code = courseCode(los)
    const credits = credit?.find(({ value }) => value !== undefined)
    const row: ResultRow = {
      depth,
      title: pickText(los.title, languages)?.value ?? '',
      ...(code === undefined ? {} : { code }),
      ...(credits === undefined ? {} : { credits: `${credits.value} ${credits.scheme}` }),
      ...(resultLabel === undefined ? {} : { grade: resultLabel }),
      ...(status === undefined ? {} : { status }),
    }
    return [row, ...rowsOf(los.parts ?? [], depth + 1)]
  })
}

/** The command: prints the answer, gives the exit code. */
export function openCommand(file: string, options: OpenOptions): number {
  const read = (path: string) => {
    try {
      return readFileSync(path)
    } catch (error) {
      process.stderr.write(`emrex open: cannot read ${path} (${(error as NodeJS.ErrnoException).code ?? 'unknown'})\n`)
      return undefined
    }
  }
  const bytes = read(file)
  const certificates = options.certificate.map(read)
  if (bytes === undefined || certificates.includes(undefined)) return exitCodes.usage
  const opened = openAnswer(bytes, { ...options, certificates: certificatesOf(certificates as Buffer[]) })
  if (opened.code === 'ELMO_CERTIFICATE') {
    process.stderr.write(`emrex open: no certificate can be read from ${options.certificate.join(', ')}\n`)
    return exitCodes.usage
  }
  process.stdout.write(options.json ? `${harmlessJson(opened, 2)}\n` : asText(opened))
  return opened.verdict === 'verified' ? exitCodes.ok : exitCodes.refused
}

function asText(opened: OpenedAnswer): string {
  const lines = [opened.verdict === 'verified' ? 'VERIFIED' : `REFUSED ${opened.code}`, opened.message]
  if (opened.signer !== undefined) {
    const label = opened.verdict === 'verified' ? 'Signed by' : 'Certificate in the document (not trusted)'
    lines.push(...certificateLines(label, opened.signer))
  }
  for (const notice of opened.notices) lines.push(`Notice: ${notice}`)
  if (opened.results !== undefined) lines.push('', ...table(opened.results))
  if (opened.unverified !== undefined)
    lines.push('', 'UNVERIFIED – nothing below is proven:', ...table(opened.unverified))
  return `${lines.map(harmless).join('\n')}\n`
}

function table({ learner, reports, ects }: Results): string[] {
  const lines = [
    `Learner: ${learner.givenNames} ${learner.familyName}${learner.birthDate === undefined ? '' : `, born ${learner.birthDate}`}`,
  ]
  for (const { issuer, results } of reports) {
    const rows = results.map((row) => [
      row.code ?? '–',
      '  '.repeat(row.depth) + row.title,
      row.credits ?? '–',
      row.grade ?? '–',
      row.status ?? '–',
    ])
    lines.push('', issuer, ...textTable([['Code', 'Title', 'Credits', 'Grade', 'Status'], ...rows]))
  }
  lines.push('', `ECTS in total: ${ects ?? 'none counted'}`)
  return lines
}
