import { SignPdf } from '@signpdf/signpdf'
import { DEFAULT_BYTE_RANGE_PLACEHOLDER, Signer } from '@signpdf/utils'
import { createCms } from './create-cms.js'
import type { Seal } from './read-seal.js'

/** Room for the signature in bytes: chains of certificates have some thousands. */
const signatureRoom = 16_384

/**
 * Leaves room for a seal in a document that is about to end: a field that is not seen, on the page that is open.
 * Spec: ISO 32000-1, 12.7.4.5 (signature fields) and 12.8.1 (signature dictionaries).
 */
export function leaveRoomForSeal(doc: PDFKit.PDFDocument, at: Date): void {
  const inner = doc as unknown as Inner
  const gap = DEFAULT_BYTE_RANGE_PLACEHOLDER
  const signature = doc.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, gap, gap, gap],
    Contents: Buffer.alloc(signatureRoom),
    M: at,
  })
  const field = doc.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    // pdfkit writes a plain string as a name.
    T: new String('seal'),
    // Printed and locked, of no size: nothing of it is seen.
    ...{ Rect: [0, 0, 0, 0], F: 132, P: inner.page.dictionary, V: signature },
  })
  inner.page.annotations.push(field)
  inner._root.data['AcroForm'] = { Fields: [field], SigFlags: 3 }
  // pdfkit ends forms of its own here, which have fonts; this one is written with the catalog.
  inner.endAcroForm = () => inner
  signature.end(undefined)
  field.end(undefined)
}

/** What pdfkit does not tell in its types. */
interface Inner {
  readonly page: { readonly dictionary: unknown; readonly annotations: unknown[] }
  readonly _root: { readonly data: Record<string, unknown> }
  endAcroForm: () => unknown
}

class SealSigner extends Signer {
  constructor(private readonly seal: Seal) {
    super()
  }

  override sign(bytes: Buffer): Promise<Buffer> {
    return Promise.resolve(createCms(bytes, this.seal))
  }
}

/**
 * Puts the seal where room was left for it. It covers every byte but its own.
 * @throws {Error} no room was left, or the certificates take more
 */
export const sealPdf = (pdf: Uint8Array, seal: Seal): Promise<Uint8Array> =>
  new SignPdf().sign(Buffer.from(pdf), new SealSigner(seal))
