import { inBothLanguages, langString, type Enrolment, type Notice, type SisContext } from '@emrex-gateway/core'
import type { Attachment } from '@emrex-gateway/elmo'
import type { SqlViews } from './sql-views.js'
import type { ViewRow } from './view-row.js'

const types: readonly string[] = [
  'Diploma',
  'Diploma Supplement',
  'Transcript of Records',
  'EMREX transcript',
  'Micro Credential',
  'Letter of Nomination',
  'Certificate of Training',
  'Learning Agreement',
  'Other',
]
const mediaType = /^[a-z]+\/[a-z0-9.+-]+$/

/**
 * The attachments of one enrolment: those of the whole report and those of `results`. One after the other, and never
 * one that is larger than the settings allow.
 */
export async function readAttachments(
  views: SqlViews,
  enrolment: Enrolment,
  results: ReadonlySet<string>,
  context: SisContext,
  notices: Notice[],
): Promise<{ attachments: Attachment[]; attachmentsOf: Map<string, string[]> }> {
  const attachments: Attachment[] = []
  const attachmentsOf = new Map<string, string[]>()
  for (const head of await listAttachments(views, enrolment, results, context)) {
    const attachment = await readAttachment(views, enrolment, head, context, notices)
    if (attachment === undefined) continue
    attachments.push(attachment)
    if (head.resultKey !== undefined)
      attachmentsOf.set(head.resultKey, [...(attachmentsOf.get(head.resultKey) ?? []), head.id])
  }
  return { attachments, attachmentsOf }
}

interface AttachmentHead {
  readonly row: ViewRow
  /** The internal identifier in the document. */
  readonly id: string
  readonly resultKey: string | undefined
}

/** What there is, without a byte of it: of this institution, for the whole report or for one of `results`. */
async function listAttachments(
  views: SqlViews,
  enrolment: Enrolment,
  results: ReadonlySet<string>,
  context: SisContext,
): Promise<AttachmentHead[]> {
  const columns = [...(await views.columns('attachment', context))].filter((column) => column !== 'content')
  const rows = await views.rows('attachment', context, (query) =>
    query.select(columns).where('person_key', enrolment.person).orderBy('attachment_key'),
  )
  const code = enrolment.institution.code
  return rows
    .filter((row) => (row.text('institution_code') ?? code) === code)
    .map((row) => ({ row, id: `${code}/${row.required('attachment_key')}`, resultKey: row.text('result_key') }))
    .filter(({ resultKey }) => resultKey === undefined || results.has(resultKey))
}

/** Reads the bytes of one attachment; undefined with a notice when they are missing or too many. */
async function readAttachment(
  views: SqlViews,
  enrolment: Enrolment,
  head: AttachmentHead,
  context: SisContext,
  notices: Notice[],
): Promise<Attachment | undefined> {
  const [found] = await views.rows('attachment', context, (query) =>
    query
      .select('content')
      .where({ person_key: enrolment.person, attachment_key: head.row.required('attachment_key') })
      .whereRaw('length(??) <= ?', ['content', views.settings.attachmentMaxBytes]),
  )
  const bytes = found?.bytes('content')
  if (bytes === undefined || bytes.length === 0) {
    notices.push({ notice: 'attachment-missing-or-too-large' })
    return undefined
  }
  const mime = head.row.text('mime')?.toLowerCase() ?? 'application/pdf'
  const title = head.row.text('title')
  const type = head.row.text('type')
  const description = head.row.lines('description')
  const data = `data:${mediaType.test(mime) ? mime : 'application/octet-stream'};base64,${Buffer.from(bytes).toString('base64')}`
  return {
    identifier: [{ type: 'internal', value: head.id }],
    ...(title === undefined ? {} : { title: inBothLanguages(title, head.row.text('title_lang')) }),
    ...(type === undefined ? {} : { type: types.includes(type) ? type : 'Other' }),
    ...(description === undefined ? {} : { description: [langString(description, head.row.text('description_lang'))] }),
    content: [{ value: data }],
  }
}
