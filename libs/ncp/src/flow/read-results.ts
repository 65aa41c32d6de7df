import { SisError, type Enrolment, type LazyAttachment, type SisConnection, type SisContext } from '@emrex-gateway/core'
import { attachmentIds, trimAttachmentRefs, type Attachment, type Elmo } from '@emrex-gateway/elmo'

/** Where the bytes of one attachment of the results are read, when it is sent. */
export interface AttachmentPlace {
  /** Id of the connection. */
  readonly connection: string
  readonly enrolment: Enrolment
  readonly attachment: LazyAttachment
}

/** What lies beside the state while the person chooses: the results, and where their attachments are. */
export interface ReadResults {
  readonly elmo: Elmo
  readonly attachments: readonly AttachmentPlace[]
}

const internalId = ({ identifier = [] }: Attachment): string | undefined =>
  identifier.find(({ type }) => type === 'internal')?.value

/** Whether its content is still where it comes from. */
const isWaiting = ({ content }: Attachment): boolean => content?.length === 1 && content[0]!.value === ''

/**
 * The document with the contents of its attachments, read now: those of results that were chosen, one after the other.
 * Where one cannot be read, its title comes back instead; with `withoutUnread` it is left out.
 */
export async function withAttachments(
  elmo: Elmo,
  places: readonly AttachmentPlace[],
  order: {
    readonly sources: readonly SisConnection[]
    readonly context: () => SisContext
    readonly maxBytes: number
    readonly withoutUnread: boolean
    readonly failed: (connection: string, error: unknown) => void
  },
): Promise<{ readonly elmo: Elmo } | { readonly unread: readonly string[] }> {
  const unread: string[] = []
  let bytesLeft = order.maxBytes
  const fill = async (attachment: Attachment): Promise<Attachment | undefined> => {
    if (!isWaiting(attachment)) return attachment
    const place = places.find(({ attachment: { id } }) => id === internalId(attachment))
    try {
      const bytes = await readAttachment(place, bytesLeft, order)
      bytesLeft -= bytes.length
      const data = `data:${place!.attachment.mediaType};base64,${bytes.toString('base64')}`
      return { ...attachment, content: [{ ...attachment.content![0]!, value: data }] }
    } catch (error) {
      order.failed(place?.connection ?? '', error)
      if (!order.withoutUnread) unread.push(attachment.title?.[0]?.value ?? '')
      return undefined
    }
  }
  const reports: Elmo['reports'] = []
  for (const report of elmo.reports) {
    const filled: Attachment[] = []
    for (const attachment of report.attachment ?? []) {
      const whole = await fill(attachment)
      if (whole !== undefined) filled.push(whole)
    }
    const { attachment: _waiting, ...rest } = report
    const kept = new Set(attachmentIds([...filled, ...(elmo.attachments ?? [])]))
    reports.push(trimAttachmentRefs(filled.length === 0 ? rest : { ...rest, attachment: filled }, kept))
  }
  return unread.length > 0 ? { unread } : { elmo: { ...elmo, reports } }
}

async function readAttachment(
  place: AttachmentPlace | undefined,
  maxBytes: number,
  order: Pick<Parameters<typeof withAttachments>[2], 'sources' | 'context'>,
): Promise<Buffer> {
  const connection = place?.connection ?? ''
  const source = order.sources.find(({ id }) => id === connection)?.source
  if (place === undefined || source?.openAttachment === undefined)
    throw new SisError('unavailable', 'the source of an attachment is gone', { connection })
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of source.openAttachment(place.enrolment, place.attachment, order.context())) {
    size += piece.length
    if (size > maxBytes) throw new SisError('bad-data', 'the attachments are too large to be sent', { connection })
    pieces.push(piece)
  }
  if (size === 0) throw new SisError('bad-data', 'an attachment is empty', { connection })
  return Buffer.concat(pieces)
}
