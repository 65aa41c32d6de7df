import type { SimpleTypeName } from './simple-types.js'

/** An element of XML Signature. */
export interface DsElement {
  /**
   * Which elements it holds: the names of its children, a blank behind each, must match. `#` stands for an element of
   * another namespace, `?` for one of none. Absent: none.
   */
  readonly content?: RegExp
  /** Text may stand between its children. */
  readonly mixed?: true
  /** What its text is; it then holds no elements. */
  readonly text?: SimpleTypeName
  readonly attributes?: Readonly<Record<string, SimpleTypeName>>
  readonly required?: string
  /** Children of other namespaces must be known by the schema; else they only must be right where they are. */
  readonly strict?: true
  /** Only known inside its parent, not wherever any element may stand. */
  readonly local?: true
}

const id = { Id: 'ID' } as const
const algorithm = { attributes: { Algorithm: 'anyURI' }, required: 'Algorithm', mixed: true } as const
const base64 = { text: 'base64Binary', local: true } as const
const text = { text: 'string' } as const

/** The grammar of XML Signature as ELMO imports it. Spec: xmldsig-core-schema.xsd; XML Signature 1.0, section 4. */
export const dsElements: Readonly<Record<string, DsElement>> = {
  Signature: { content: /^SignedInfo SignatureValue (KeyInfo )?(Object )*$/, attributes: id },
  SignatureValue: { text: 'base64Binary', attributes: id },
  SignedInfo: { content: /^CanonicalizationMethod SignatureMethod (Reference )+$/, attributes: id },
  CanonicalizationMethod: { ...algorithm, content: /^/, strict: true },
  SignatureMethod: { ...algorithm, content: /^(HMACOutputLength )?(# )*$/, strict: true },
  HMACOutputLength: { text: 'integer', local: true },
  Reference: {
    content: /^(Transforms )?DigestMethod DigestValue $/,
    attributes: { ...id, URI: 'anyURI', Type: 'anyURI' },
  },
  Transforms: { content: /^(Transform )+$/ },
  Transform: { ...algorithm, content: /^(# |XPath )*$/ },
  XPath: { ...text, local: true },
  DigestMethod: { ...algorithm, content: /^(# )*$/ },
  DigestValue: { text: 'base64Binary' },
  KeyInfo: {
    content: /^(KeyName |KeyValue |RetrievalMethod |X509Data |PGPData |SPKIData |MgmtData |# )+$/,
    mixed: true,
    attributes: id,
  },
  KeyName: text,
  MgmtData: text,
  KeyValue: { content: /^(DSAKeyValue |RSAKeyValue |# )$/, mixed: true },
  RetrievalMethod: { content: /^(Transforms )?$/, attributes: { URI: 'anyURI', Type: 'anyURI' } },
  X509Data: { content: /^(X509IssuerSerial |X509SKI |X509SubjectName |X509Certificate |X509CRL |# )+$/ },
  X509IssuerSerial: { content: /^X509IssuerName X509SerialNumber $/, local: true },
  X509IssuerName: { ...text, local: true },
  X509SerialNumber: { text: 'integer', local: true },
  X509SKI: base64,
  X509SubjectName: { ...text, local: true },
  X509Certificate: base64,
  X509CRL: base64,
  PGPData: { content: /^(PGPKeyID (PGPKeyPacket )?|PGPKeyPacket )(# )*$/ },
  PGPKeyID: base64,
  PGPKeyPacket: base64,
  SPKIData: { content: /^(SPKISexp (# )?)+$/ },
  SPKISexp: base64,
  Object: { content: /^/, mixed: true, attributes: { ...id, MimeType: 'string', Encoding: 'anyURI' } },
  Manifest: { content: /^(Reference )+$/, attributes: id },
  SignatureProperties: { content: /^(SignatureProperty )+$/, attributes: id },
  SignatureProperty: { content: /^(# )+$/, mixed: true, attributes: { ...id, Target: 'anyURI' }, required: 'Target' },
  DSAKeyValue: { content: /^(P Q )?(G )?Y (J )?(Seed PgenCounter )?$/ },
  P: base64,
  Q: base64,
  G: base64,
  Y: base64,
  J: base64,
  Seed: base64,
  PgenCounter: base64,
  RSAKeyValue: { content: /^Modulus Exponent $/ },
  Modulus: base64,
  Exponent: base64,
}
