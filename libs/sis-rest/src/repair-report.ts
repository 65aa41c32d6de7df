import { xmlText, type Institution, type Notice } from '@emrex-gateway/core'
import type { Identifier, Issuer, Report } from '@emrex-gateway/elmo'
import { dayOf } from './day-of.js'
import { repairResult, type ResultRules } from './repair-result.js'

export interface ReportRules extends ResultRules {
  /** Where the results were asked for: the issuer of a report that names none. */
  readonly institution: Institution
  readonly now: Date
}

/**
 * A report as receivers can use it, out of what systems write that know ELMO by hearsay. Only what has one plain meaning is
 * repaired, and each repair is a notice; what has none is left out, with a notice too. Nothing is invented.
 *
 * Spec: README.md of this package, "Repairs".
 */
export function repairReport(report: Report, rules: ReportRules, notices: Notice[]): Report {
  const { learningOpportunitySpecification: results, issuer, issueDate, gradingScheme, ...rest } = report
  return {
    ...rest,
    issuer: repairIssuer(issuer, rules.institution, notices),
    issueDate: repairIssueDate(issueDate, rules.now, notices),
    ...(results === undefined
      ? {}
      : { learningOpportunitySpecification: results.map((result) => repairResult(result, rules, notices)) }),
    ...(gradingScheme === undefined ? {} : { gradingScheme: gradingScheme.filter(({ localId }) => localId !== '') }),
  }
}

function repairIssuer(issuer: Issuer, { title, schac, code, country }: Institution, notices: Notice[]): Issuer {
  const identifier = issuer.identifier.flatMap((one): Identifier[] => {
    if (one.value === '') return []
    if (one.type !== '') return [one]
    notices.push({ notice: 'repaired', detail: 'issuer' })
    return [{ type: typeOfIssuer(one.value), value: one.value }]
  })
  const isNamed = identifier.length > 0 && issuer.title.some(({ value }) => xmlText(value) !== undefined)
  if (isNamed) return { ...issuer, identifier, title: issuer.title.filter(({ value }) => value !== '') }
  notices.push({ notice: 'repaired', detail: 'issuer' })
  return {
    ...(country === undefined ? {} : { country }),
    ...issuer,
    identifier:
      identifier.length > 0 ? identifier : [schac === undefined ? local(code) : { type: 'schac', value: schac }],
    title: issuer.title.some(({ value }) => value !== '') ? issuer.title : [{ value: title }],
    url: issuer.url === '' && schac !== undefined ? `https://${schac}/` : issuer.url,
  }
}

const local = (value: string): Identifier => ({ type: 'local', value })

const typeOfIssuer = (value: string): string =>
  /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(value) ? 'schac' : /^[A-Z]{1,3} *[A-Z-]+\d{2,3}$/.test(value) ? 'erasmus' : 'local'

/** Since when the institution says so: a day alone is its beginning, and nothing at all is now. */
function repairIssueDate(written: string, now: Date, notices: Notice[]): string {
  if (/^\d{4}-\d{2}-\d{2}T\d/.test(written)) return written
  notices.push({ notice: 'repaired', detail: 'issue date' })
  const day = dayOf(written)
  return day === undefined ? now.toISOString() : `${day}T00:00:00Z`
}
