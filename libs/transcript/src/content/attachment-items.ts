import type { Attachment, AttachmentContent, RecognitionReport, Report } from '@emrex-gateway/elmo'
import { oneLine } from '../fonts/printable-text.js'
import type { Text } from '../layout/page-writer.js'
import { chosenText, type Content } from './content.js'

/** Each attachment in a line: what it is called, what it is, how large. */
export const attachmentItems = (attachments: readonly Attachment[], content: Content): Text[] =>
  attachments.map((attachment) => {
    const words = content.words.attachments
    const title = chosenText(attachment.title, content)
    const name = oneLine(title?.text ?? attachment.type ?? words.untitled)
    const kind = title !== undefined && attachment.type !== undefined ? [oneLine(attachment.type)] : []
    const description = chosenText(attachment.description, content)
    const contents = (attachment.content ?? []).map((one) => contentText(one, content))
    const facts = [...kind, ...(contents.length === 0 ? [words.empty] : contents)]
    const described = description === undefined ? '' : `: ${oneLine(description.text)}`
    return { text: `${name} (${facts.join('; ')})${described}`, lang: title?.lang }
  })

/** What attachments are called that something refers to, as they stand in their lists; what is not there by its identifier. */
export function attachmentNames(refs: readonly string[] = [], content: Content): string {
  if (refs.length === 0) return ''
  const { attachments = [], reports } = content.elmo
  const all = [...attachments, ...reports.flatMap(attachmentsOf)]
  const nameOf = (ref: string) => {
    const found = all.find(({ identifier = [] }) => identifier.some(({ value }) => value.trim() === ref.trim()))
    return oneLine(chosenText(found?.title, content)?.text ?? found?.type ?? ref)
  }
  return refs.map(nameOf).join(', ')
}

const attachmentsOf = ({ attachment = [], resultOfRecognition = [] }: Report | RecognitionReport): Attachment[] => [
  ...attachment,
  ...resultOfRecognition.flatMap(({ recognitionBasis = [] }) => recognitionBasis.flatMap(attachmentsOf)),
]

function contentText({ value, lang }: AttachmentContent, { words }: Content): string {
  const head = /^\s*data:([^,]{0,200}),/i.exec(value.slice(0, 300))
  const type = /^([\w.+-]+\/[\w.+-]+)/.exec(head?.[1] ?? '')?.[1] ?? words.attachments.unknownType
  const length = value.length - (head?.[0].length ?? 0)
  const bytes = head?.[1]?.toLowerCase().endsWith(';base64') === false ? length : Math.floor(length * 0.75)
  const text = words.attachments.content(type, sizeText(bytes))
  return lang === undefined ? text : `${text}, ${oneLine(lang)}`
}

const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
