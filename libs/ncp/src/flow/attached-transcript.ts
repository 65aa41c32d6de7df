import { attachmentFiles } from '@emrex-gateway/core'
import type { Attachment, Elmo } from '@emrex-gateway/elmo'

/** Peers look for this very text. Spec: ELMO schema 1.1 and later, attachment type. */
const type = 'EMREX transcript'

/** A readable transcript as peers demand it: of this type, with a title, a PDF in a `data:` URI. */
const asAttachment = (pdf: Uint8Array): Attachment => ({
  title: [{ lang: 'en', value: type }],
  type,
  content: [{ value: `data:application/pdf;base64,${Buffer.from(pdf).toString('base64')}` }],
})

/** The document with the transcript at document level, and as the first: some peers look at no other. */
export const attachTranscript = (elmo: Elmo, pdf: Uint8Array): Elmo => ({
  ...elmo,
  attachments: [asAttachment(pdf), ...(elmo.attachments ?? [])],
})

/** The transcript that we attached; undefined where there is none. */
export const attachedTranscript = (elmo: Elmo): Uint8Array | undefined =>
  elmo.attachments?.[0]?.type === type ? attachmentFiles(elmo)[0]?.bytes() : undefined
