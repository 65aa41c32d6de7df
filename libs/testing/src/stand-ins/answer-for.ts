import { gzipSync } from 'node:zlib'
import { makeThrowawaySigner, type ThrowawaySigner } from '../throwaway-signer.js'
import { elmoTemplate } from './elmo-template.js'
import { inventedPdf } from './invented-pdf.js'
import {
  anotherPerson,
  inventedPerson,
  inventedReports,
  realisticReports,
  severalReports,
  type InventedPerson,
  type InventedReport,
} from './invented-records.js'
import { signatureTemplate } from './signature-template.js'
import type { StandInMode } from './stand-in-modes.js'
import { signWithXmlsec1 } from './xmlsec1.js'

export interface AnswerSettings {
  readonly mode: StandInMode
  /** Signs the document; its certificate is what a registry would publish. */
  readonly signer: ThrowawaySigner
  readonly person?: InventedPerson
  readonly reports?: readonly InventedReport[]
  readonly generatedDate?: Date
  /** Size of the attachment in the mode `large_payload`. Default 5 MiB. */
  readonly largeAttachmentBytes?: number
}

/** The form fields of an answer, in the order in which they are sent. */
export type AnswerFields = Readonly<Record<string, string>>

/**
 * The form fields that a stand-in NCP sends back, for tests that post them without a browser; undefined in the mode
 * that never answers. Needs xmlsec1 wherever a document is signed.
 *
 * Spec: EMREX v1, response; ELMO 1.7, signature.
 */
export async function answerFor(
  request: { readonly sessionId: string },
  settings: AnswerSettings,
): Promise<AnswerFields | undefined> {
  const { sessionId } = request
  switch (settings.mode) {
    case 'timeout':
      return undefined
    case 'error':
      return { sessionId, returnCode: 'NCP_ERROR', returnMessage: 'The student information system does not answer.' }
    case 'no_records':
      return { sessionId, returnCode: 'NCP_NO_RESULTS', returnMessage: '' }
    case 'cancel':
      return { sessionId, returnCode: 'NCP_CANCEL', returnMessage: '', elmo: '' }
    case 'emp_codes':
      return { sessionId, returnCode: 'EMP_OK', returnMessage: '', elmo: await elmoValue(settings) }
    case 'no_return_message':
      return { sessionId, returnCode: 'NCP_OK', elmo: await elmoValue(settings) }
    case 'no_return_code':
      return { sessionId, returnMessage: '', elmo: await elmoValue(settings) }
    default:
      return { sessionId, returnCode: 'NCP_OK', returnMessage: '', elmo: await elmoValue(settings) }
  }
}

async function elmoValue(settings: AnswerSettings): Promise<string> {
  const xml = await document(settings)
  const packed = gzipSync(xml)
  switch (settings.mode) {
    case 'raw_xml':
      return xml
    case 'not_gzipped':
      return Buffer.from(xml).toString('base64')
    case 'invalid_gzip':
      return packed.subarray(0, packed.length / 2).toString('base64')
    case 'invalid_xml':
      return gzipSync(xml.slice(0, xml.length / 2)).toString('base64')
    case 'base64_line_breaks':
      return packed.toString('base64').replace(/.{76}/g, '$&\r\n')
    case 'base64url':
      return packed.toString('base64url')
    case 'plus_as_blank':
      return packed.toString('base64').replaceAll('+', ' ')
    default:
      return packed.toString('base64')
  }
}

async function document(settings: AnswerSettings): Promise<string> {
  const { mode, signer } = settings
  const person = mode === 'identity_mismatch' ? anotherPerson : (settings.person ?? inventedPerson)
  const generatedDate = (settings.generatedDate ?? new Date()).toISOString()
  if (mode === 'unsigned') return elmoTemplate(person, reportsOf(settings), generatedDate)

  const signature = signatureTemplate(mode === 'sha1_signature' ? 'sha1' : 'sha256')
  const template = elmoTemplate(person, reportsOf(settings), generatedDate, signature)
  const signed = await signWithXmlsec1(template, mode === 'other_key' ? await makeThrowawaySigner() : signer)
  // A reader of XML takes CR LF for LF, so the signature holds as it did before.
  return mode === 'crlf_document' ? signed.replaceAll('\n', '\r\n') : signed
}

function reportsOf(settings: AnswerSettings): readonly InventedReport[] {
  const reports = settings.reports ?? inventedReports
  if (settings.mode === 'multi_report') return severalReports
  if (settings.mode === 'realistic_transcript') return withTranscript(realisticReports(), 40_000)
  if (settings.mode === 'large_payload')
    return withTranscript(reports, settings.largeAttachmentBytes ?? 5 * 1024 * 1024)
  return reports
}

function withTranscript(reports: readonly InventedReport[], minBytes: number): readonly InventedReport[] {
  const pdf = inventedPdf('Transcript of an invented person', minBytes)
  const attachment = { title: 'Transcript', type: 'EMREX transcript', pdf }
  return reports.map((report, index) => (index === 0 ? { ...report, attachments: [attachment] } : report))
}
