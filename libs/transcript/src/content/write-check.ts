import { createHash } from 'node:crypto'
import type { FontSet } from '../fonts/font-set.js'
import { styles } from '../layout/page-writer.js'
import { embeddedName } from '../embedded-name.js'
import type { Seal } from '../seal/read-seal.js'
import { instantText, type Content } from './content.js'
import { fact, writeFacts, type Fact } from './fact-table.js'
import { writeQrCode } from './write-qr-code.js'

/** Points: what it mostly takes, so that it stands on one page. */
const heights = { unsigned: 350, signed: 600 }

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** The part that says who signed, and how anybody checks it without us. */
export async function writeCheck(xml: Uint8Array | undefined, fonts: FontSet, content: Content): Promise<void> {
  const { options, writer } = content
  const words = content.words.check
  const { receipt } = options
  writer.keep(options.signer === undefined ? heights.unsigned : heights.signed)
  writer.heading(2, { text: words.heading })
  writer.paragraph({ text: words.introduction })
  await writeFacts(writer, [
    ...fact(words.made, instantText(options.made)),
    ...(xml === undefined
      ? fact(words.file, words.noFile)
      : [
          ...fact(words.file, words.fileText(embeddedName, xml.byteLength.toLocaleString('en'))),
          ...fact(words.sha256, { text: sha256(xml), style: styles.cell }),
        ]),
    ...signerFacts(xml, content),
    ...fact(words.sealed, options.seal && words.sealText(subjectOf(options.seal))),
    ...fact(words.receipt, receipt?.number),
    ...fact(words.receiptUrl, receipt?.url),
  ])
  if (options.signer === undefined) writer.paragraph({ text: words.unsigned })
  if (receipt !== undefined) writeQrCode(writer, receipt.url ?? receipt.number, words.qr(receipt.number))
  if (xml === undefined) writer.paragraph({ text: words.withoutFile })
  else {
    writer.heading(3, { text: words.steps })
    writer.list(
      words.stepsTexts(embeddedName).map((text) => ({ text })),
      'steps',
    )
  }
  if (fonts.missing > 0) writer.paragraph({ text: words.missing(fonts.missing) }, styles.small)
}

/** In one line, as its parts stand. */
const subjectOf = ({ certificates: [own] }: Seal): string => own.subject.split('\n').join(', ')

function signerFacts(xml: Uint8Array | undefined, { options, words: { check: words } }: Content): Fact[] {
  if (options.signer === undefined) return []
  const { name, report, checkedAt, signedBytes } = options.signer
  const certificate = report?.signer
  const same = signedBytes !== undefined && xml !== undefined && Buffer.compare(signedBytes, xml) === 0
  return [
    ...fact(words.signedSha256, signedBytes && { text: sha256(signedBytes), style: styles.cell }),
    ...fact('', signedBytes && xml && (same ? words.sameBytes : words.otherBytes)),
    ...fact(words.signer, name),
    ...fact(words.certificate, certificate?.subject),
    ...fact(words.certificateIssuer, certificate?.issuer),
    ...fact(words.fingerprint, certificate?.sha256Fingerprint),
    ...fact(
      words.validity,
      certificate && words.validityText(certificate.notBefore.slice(0, 10), certificate.notAfter.slice(0, 10)),
    ),
    ...fact(words.algorithm, report?.signatureAlgorithm),
    ...fact(words.checkedAt, checkedAt && instantText(checkedAt)),
    ...(report?.notices ?? []).flatMap((notice) => fact(words.notices, words.noticeTexts[notice])),
  ]
}
