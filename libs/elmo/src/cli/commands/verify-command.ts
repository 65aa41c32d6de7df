import { ElmoError } from '../../elmo-error.js'
import { isIsoDate } from '../../grammar/is-iso-date.js'
import { verifyElmo, type VerificationOutcome, type VerificationPolicy } from '../../signature/verify-elmo.js'
import type { CertificateFacts } from '../../signature/certificate.js'
import type { CliArguments } from '../cli-arguments.js'
import type { CliCommand } from '../cli-command.js'
import type { CliOutput } from '../cli-output.js'
import { certificateLines } from '../certificate-lines.js'
import { exitCodes } from '../exit-codes.js'
import { harmlessJson } from '../harmless-json.js'
import { noticeLine } from '../notice-line.js'
import { openDocument } from '../open-document.js'
import { problemLine } from '../problem-line.js'
import { readCertificates } from '../read-certificates.js'
import { sharedOptions } from '../shared-options.js'
import { UsageError } from '../usage-error.js'

export const verifyCommand: CliCommand = {
  name: 'verify',
  files: '[FILE]',
  summary: 'Check the signature of a document, packed or not, against certificates.',
  about: [
    'Only the certificates that are given count: take those that the registry publishes for the institution. The one inside the document is shown and proves nothing.',
    'Prints VERIFIED or REFUSED with a code, the certificate, what somebody should know, and what is wrong with a document whose signature holds. With --json one object: file, verified, code, message, notices, report, problems.',
    'Exit codes: 0 verified, 1 refused, 2 wrong usage or an unreadable file.',
  ],
  options: {
    certificate: { value: 'FILE', multiple: true, words: 'the certificates that count, one or several, PEM' },
    'allow-sha1-until': { value: 'DATE', words: 'accept SHA-1 up to and including this day (YYYY-MM-DD)' },
    json: sharedOptions.json,
    progress: sharedOptions.progress,
  },
  run: async (args, output) => {
    args.required('certificate')
    const sha1Until = dateOf(args)
    const certificates = (await Promise.all(args.texts('certificate').map(readCertificates))).flat()
    const policy = { certificates, at: new Date(), ...(sha1Until !== undefined && { sha1Until }) }
    const outcome = await openAndVerify(policy, args, output)
    if (!outcome.verified && outcome.code === 'ELMO_CERTIFICATE')
      throw new UsageError(`no certificate can be read from ${args.texts('certificate').join(', ')}`)
    if (args.flag('json')) await output.raw(`${harmlessJson(asData(outcome, args.file), 2)}\n`)
    else for (const line of linesOf(outcome)) await output.line(line)
    return outcome.verified ? exitCodes.ok : exitCodes.refused
  },
}

/** What cannot be opened is refused as what does not verify is. */
async function openAndVerify(
  policy: VerificationPolicy,
  args: CliArguments,
  output: CliOutput,
): Promise<VerificationOutcome> {
  try {
    return verifyElmo(await openDocument(args.file, args, output), policy)
  } catch (error) {
    if (!(error instanceof ElmoError)) throw error
    const { code, message } = error
    return { verified: false, code, message, report: { notices: [], checks: [] } }
  }
}

function dateOf(args: CliArguments): string | undefined {
  const date = args.text('allow-sha1-until')
  if (date !== undefined && !(isIsoDate(date, 'date') && date.length === 'yyyy-mm-dd'.length))
    throw new UsageError('--allow-sha1-until must be a date (YYYY-MM-DD)')
  return date
}

function asData(outcome: VerificationOutcome, file: string) {
  const { report } = outcome
  const notices = report.notices.map(noticeLine)
  if (!outcome.verified) {
    const { verified, code, message } = outcome
    return { file, verified, code, message, notices, report, problems: [] }
  }
  const { releases, problems } = outcome.document
  return { file, verified: true, message: 'The signature holds.', notices, report, releases, problems }
}

const certificate = (label: string, facts: CertificateFacts | undefined): string[] => {
  if (facts === undefined) return []
  const { subject, sha256Fingerprint: fingerprint, notAfter: endDate } = facts
  return certificateLines(label, { subject, fingerprint, endDate })
}

function linesOf(outcome: VerificationOutcome): string[] {
  const { signer, embedded, notices } = outcome.report
  const told = notices.map((notice) => `Notice: ${noticeLine(notice)}`)
  if (!outcome.verified) {
    const inside = certificate('Certificate in the document (not trusted)', embedded)
    return [`REFUSED ${outcome.code}`, outcome.message, ...inside, ...told]
  }
  const { releases, problems } = outcome.document
  return [
    'VERIFIED',
    'The signature holds.',
    ...certificate('Signed by', signer),
    ...told,
    releases.length > 0 ? `Valid in ELMO ${releases.join(', ')}` : 'Valid in no release of ELMO',
    ...problems.map((problem) => `Problem: ${problemLine(problem)}`),
  ]
}
