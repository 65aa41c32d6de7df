import { readFileSync } from 'node:fs'
import { checkReceipt, type ReceiptVerdict, type TransferReceipt } from '@emrex-gateway/core'
import { describeCertificate } from '@emrex-gateway/elmo'
import { harmless, harmlessJson } from '@emrex-gateway/elmo/cli'
import { receiptInPdf } from '@emrex-gateway/transcript'
import { certificatesOf } from './certificates-of.js'
import { exitCodes } from './exit-codes.js'

const sentences: Readonly<Record<ReceiptVerdict['verdict'], string>> = {
  verified: 'verified: signed by the certificate that you named, and unchanged since',
  'signer-unknown':
    'not verified: unchanged since it was signed, but by a certificate that you did not name; anybody can make one. Name the issuer’s with --certificate',
  unsigned: 'not verified: this receipt is not signed',
  changed: 'refused: the receipt is not as it was signed',
  unreadable: 'this is no EMREX receipt',
}

/** Checks a receipt, JSON or PDF, without asking anybody. Gives the exit code: 0 verified, 1 not, 2 unreadable. */
export function receiptVerifyCommand(
  file: string,
  { certificate, json }: { readonly certificate: readonly string[]; readonly json: boolean },
): number {
  const read = readAll([file, ...certificate])
  if (typeof read === 'string') return unreadable(read)
  const [bytes, ...certificates] = read as [Buffer, ...Buffer[]]
  const text = bytes.subarray(0, 5).toString() === '%PDF-' ? receiptInPdf(bytes) : bytes.toString()
  let outcome: ReceiptVerdict
  try {
    outcome = checkReceipt(text ?? '', certificatesOf(certificates))
  } catch {
    return unreadable('one of the certificates cannot be read')
  }
  if (outcome.verdict === 'unreadable') return unreadable(sentences.unreadable)
  process.stdout.write(json ? `${harmlessJson(outcome)}\n` : `${linesOf(outcome).join('\n')}\n`)
  return outcome.verdict === 'verified' ? exitCodes.ok : exitCodes.refused
}

function linesOf(outcome: ReceiptVerdict): string[] {
  const signer = 'certificate' in outcome ? describeCertificate(outcome.certificate) : undefined
  return [
    sentences[outcome.verdict],
    ...(signer === undefined ? [] : [harmless(`  signer       ${signer.subject}, ${signer.sha256Fingerprint}`)]),
    ...('receipt' in outcome ? receiptLines(outcome.receipt).map((line) => harmless(`  ${line}`)) : []),
  ]
}

/** Everything that the PDF of a receipt says: what is seen there may have been changed, and only this is what was signed. */
const receiptLines = ({ number, act, at, from, to, issuer, basis, content, document }: TransferReceipt): string[] => [
  `number       ${number}`,
  `what         ${act} on ${at}`,
  `from         ${from.name}${from.country === undefined ? '' : ` (${from.country})`}`,
  `to           ${to.name}${to.address === undefined ? '' : ` (${to.address})`}`,
  ...content.institutions.map(
    ({ name, results, extent }) => `results      ${name}: ${results}${extent ? `, ${extent}` : ''}`,
  ),
  ...(content.ects === undefined ? [] : [`credits      ${content.ects} ECTS`]),
  `attachments  ${content.attachments}`,
  `basis        ${basis}`,
  `issuer       ${issuer.name}, ${issuer.address}`,
  `document     SHA-256 ${document.sha256}, ${document.bytes} bytes`,
]

function unreadable(why: string): number {
  process.stderr.write(`${why}\n`)
  return exitCodes.usage
}

function readAll(files: readonly string[]): Buffer[] | string {
  const read: Buffer[] = []
  for (const file of files) {
    try {
      read.push(readFileSync(file))
    } catch {
      return `${file} cannot be read`
    }
  }
  return read
}
