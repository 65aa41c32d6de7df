import {
  inBothLanguages,
  langString,
  type Enrolment,
  type LazyAttachment,
  type Notice,
  type SisContext,
} from '@emrex-gateway/core'
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
const bytesColumn = 'emrex_bytes'

/** The attachments of a report, without their bytes. */
export interface NamedAttachments {
  readonly attachments: readonly Attachment[]
  readonly lazy: readonly LazyAttachment[]
  /** Internal identifiers by the key of the result that they belong to. */
  readonly ofResult: ReadonlyMap<string, readonly string[]>
}

/**
 * Names the attachments of one enrolment: those of the whole report and those of `results`. One without bytes, or with
 * more than the settings allow, is left out with a notice.
 *
 * @throws {SisError}
 */
export async function listAttachments(
  views: SqlViews,
  enrolment: Enrolment,
  results: ReadonlySet<string>,
  context: SisContext,
  notices: Notice[],
): Promise<NamedAttachments> {
  const attachments: Attachment[] = []
  const lazy: LazyAttachment[] = []
  const ofResult = new Map<string, string[]>()
  for (const row of await attachmentRows(views, enrolment, context)) {
    const result = row.text('result_key')
    if (result !== undefined && !results.has(result)) continue
    const bytes = Number(row.text(bytesColumn) ?? 0)
    if (bytes === 0 || bytes > views.settings.attachmentMaxBytes) {
      notices.push({ notice: 'attachment-missing-or-too-large', ...detailOf(row) })
      continue
    }
    const key = row.required('attachment_key')
    const id = `${enrolment.institution.code}/${key}`
    const mime = row.text('mime')?.toLowerCase() ?? 'application/pdf'
    // A view that joins too much shows a document twice, or once for each result that it belongs to.
    if (!lazy.some((listed) => listed.id === id)) {
      attachments.push(attachmentOf(row, id))
      lazy.push({ id, key, mediaType: mediaType.test(mime) ? mime : 'application/octet-stream', bytes })
    }
    if (result !== undefined) ofResult.set(result, [...new Set([...(ofResult.get(result) ?? []), id])])
  }
  return { attachments, lazy, ofResult }
}

async function attachmentRows(views: SqlViews, enrolment: Enrolment, context: SisContext): Promise<ViewRow[]> {
  const columns = await views.agreedColumns('attachment', context, ['content'])
  const rows = await views.rows('attachment', context, (query, knex) =>
    query
      .select(columns)
      .select(knex.raw(`${views.dialect.bytes.length} as ??`, ['content', bytesColumn]))
      .where('person_key', enrolment.person)
      .orderBy('attachment_key'),
  )
  return rows.filter((row) => belongsTo(row, enrolment))
}

/** Whether an attachment is this person's, at this institution. */
export const belongsTo = (row: ViewRow, { person, institution }: Enrolment): boolean =>
  row.text('person_key') === person && (row.text('institution_code') ?? institution.code) === institution.code

function attachmentOf(row: ViewRow, id: string): Attachment {
  const title = row.text('title')
  const type = row.text('type')
  const description = row.lines('description')
  return {
    identifier: [{ type: 'internal', value: id }],
    ...(title === undefined ? {} : { title: inBothLanguages(title, row.text('title_lang')) }),
    ...(type === undefined ? {} : { type: types.includes(type) ? type : 'Other' }),
    ...(description === undefined ? {} : { description: [langString(description, row.text('description_lang'))] }),
    content: [{ value: '' }],
  }
}

function detailOf(row: ViewRow): { detail?: string } {
  const type = row.text('type')
  return type !== undefined && types.includes(type) ? { detail: type } : {}
}
