import { SisError, type Enrolment, type LazyAttachment, type SisContext } from '@emrex-gateway/core'
import { belongsTo } from './list-attachments.js'
import type { SqlViews } from './sql-views.js'
import type { ViewRow } from './view-row.js'

const pieceBytes = 256 * 1024

/**
 * The bytes of an attachment, read from the database piece by piece where it can give pieces.
 *
 * @throws {SisError} bad-data when it is not there any more, is larger than the settings allow, or changes meanwhile.
 */
export async function* openAttachment(
  views: SqlViews,
  enrolment: Enrolment,
  { key }: LazyAttachment,
  context: SisContext,
): AsyncGenerator<Uint8Array> {
  const fault = (what: string) => new SisError('bad-data', `the attachment ${what}`, { connection: views.connection })
  const { length, piece } = views.dialect.bytes
  const isOfOneInstitution = (await views.columns('attachment', context)).has('institution_code')
  const ask = async (expression: string, values: readonly number[]): Promise<ViewRow> => {
    const rows = await views.rows('attachment', context, (query, knex) =>
      query
        .select(['person_key', 'attachment_key', ...(isOfOneInstitution ? ['institution_code'] : [])])
        .select(knex.raw(`${expression} as ??`, ['content', ...values, 'emrex_piece']))
        .where({ person_key: enrolment.person, attachment_key: key }),
    )
    const row = rows.find((one) => belongsTo(one, enrolment) && one.text('attachment_key') === key)
    if (row === undefined) throw fault('is not there any more')
    return row
  }
  const total = Number((await ask(length, [])).text('emrex_piece') ?? 0)
  if (total === 0) throw fault('is empty')
  if (total > views.settings.attachmentMaxBytes) throw fault('is larger than the settings allow')
  let read = 0
  while (read < total) {
    const row = piece === undefined ? await ask('??', []) : await ask(piece, [read + 1, pieceBytes])
    const bytes = row.bytes('emrex_piece')
    read += bytes?.length ?? 0
    if (bytes === undefined || bytes.length === 0 || read > total) throw fault('changed while it was read')
    yield bytes
  }
}
