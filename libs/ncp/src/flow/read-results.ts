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
      const { value, bytes } = await readAttachment(place, bytesLeft, order)
      bytesLeft -= bytes
      return { ...attachment, content: [{ ...attachment.content![0]!, value }] }
    } catch (error) {
      order.failed(place?.connection ?? '', error)
      if (!order.withoutUnread)
        unread.push(
          attachment.title?.find(({ value }) => value.trim() !== '')?.value ?? attachment.type ?? 'Attachment',
        )
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

/** The attachment as a `data:` URI, and how many bytes it has. They are encoded as they come and never all there as such. */
async function readAttachment(
  place: AttachmentPlace | undefined,
  maxBytes: number,
  order: Pick<Parameters<typeof withAttachments>[2], 'sources' | 'context'>,
): Promise<{ readonly value: string; readonly bytes: number }> {
  const connection = place?.connection ?? ''
  const source = order.sources.find(({ id }) => id === connection)?.source
  if (place === undefined || source?.openAttachment === undefined)
    throw new SisError('unavailable', 'the source of an attachment is gone', { connection })
  const texts = [`data:${place.attachment.mediaType};base64,`]
  let bytes = 0
  let rest = Buffer.alloc(0)
  for await (const piece of source.openAttachment(place.enrolment, place.attachment, order.context())) {
    bytes += piece.length
    if (bytes > maxBytes) throw new SisError('bad-data', 'the attachments are too large to be sent', { connection })
    const waiting = Buffer.concat([rest, piece])
    // Three bytes make four characters.
    const whole = waiting.length - (waiting.length % 3)
    texts.push(waiting.toString('base64', 0, whole))
    rest = waiting.subarray(whole)
  }
  if (bytes === 0) throw new SisError('bad-data', 'an attachment is empty', { connection })
  texts.push(rest.toString('base64'))
  return { value: texts.join(''), bytes }
}
