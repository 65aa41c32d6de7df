import { ElmoError } from '../elmo-error.js'
import { nodeKind, type XmlTape } from '../xml/xml-tape.js'
import { dsigNamespace, transformUri } from './signature-algorithms.js'

/** A canonicalisation without comments, by its URI. */
export interface CanonicalizationFacts {
  readonly uri: string
  /** The prefixes that an exclusive one treats like an inclusive one ('' = default). */
  readonly prefixes: readonly string[]
}

/** What a signature says about itself, after its structure was found to be the only one that is accepted. */
export interface SignatureFacts {
  /** Its place on the tape. */
  readonly node: number
  readonly canonicalization: CanonicalizationFacts
  readonly signatureAlgorithm: string
  readonly digestAlgorithm: string
  /** What follows the enveloped-signature transform; inclusive where nothing does. */
  readonly documentForm: CanonicalizationFacts
  readonly transforms: readonly string[]
  readonly digestValue: Buffer
  readonly signatureValue: Buffer
  /** Base64 of the first certificate in KeyInfo. A hint: nothing may be trusted because of it. */
  readonly embeddedCertificate?: string
}

/**
 * Reads a signature that has exactly this form: SignedInfo with one Reference to the whole document, transformed by
 * `enveloped` and at most one canonicalisation without comments; a SignatureValue; at most one KeyInfo; no Object, no
 * comment, no CDATA, no attribute beyond those of the specification.
 *
 * Spec: XML Signature 1.1, 4.
 * @throws {ElmoError} ELMO_SIGNATURE_STRUCTURE
 */
export function readSignature(tape: XmlTape, node: number): SignatureFacts {
  return new SignatureReading(tape).read(node)
}

/** Elements are their nodes on the tape. */
class SignatureReading {
  constructor(private readonly tape: XmlTape) {}

  read(node: number): SignatureFacts {
    this.#refuseSections(node)
    this.#allow(node, 'Id')
    const [signedInfo, value, keyInfo] = this.#children(node, ['SignedInfo', 'SignatureValue'], 'KeyInfo')
    this.#allow(signedInfo, 'Id')
    const parts = this.#children(signedInfo, ['CanonicalizationMethod', 'SignatureMethod', 'Reference'])
    const [c14n, method, reference] = parts
    this.#allow(reference, 'Id', 'Type', 'URI')
    if (this.#attribute(reference, 'URI') !== '') {
      throw this.#refused('The reference is not to the whole document', reference)
    }
    const referenceParts = this.#children(reference, ['Transforms', 'DigestMethod', 'DigestValue'])
    const [transformList, digestMethod, digestValue] = referenceParts
    this.#allow(transformList)
    const transformElements = this.#children(transformList, ['Transform'], 'Transform')
    const transforms = transformElements.map((transform) => this.#algorithm(transform))
    const [, documentForm] = transformElements
    const rightOrder = transforms[0] === transformUri.enveloped && transforms.slice(1).every(isCanonicalization)
    if (!rightOrder) throw this.#refused('The transforms are not the accepted ones', transformList)
    const canonicalization = this.#algorithm(c14n)
    if (!isCanonicalization(canonicalization)) {
      throw this.#refused('The canonicalisation is not an accepted one', c14n)
    }
    this.#allow(value, 'Id')
    this.#allow(digestValue)
    return {
      node,
      canonicalization: { uri: canonicalization, prefixes: this.#prefixList(c14n) },
      signatureAlgorithm: this.#algorithm(method),
      digestAlgorithm: this.#algorithm(digestMethod),
      transforms,
      documentForm:
        documentForm === undefined
          ? { uri: transformUri.inclusive, prefixes: [] }
          : { uri: transforms[1]!, prefixes: this.#prefixList(documentForm) },
      digestValue: this.#base64(digestValue),
      signatureValue: this.#base64(value),
      embeddedCertificate: keyInfo === undefined ? undefined : this.#firstCertificate(keyInfo),
    }
  }

  #refuseSections(signature: number): void {
    const { tape } = this
    const end = tape.next(signature)
    for (let node = signature; node < end; node++) {
      const kind = tape.kind(node)
      if (kind !== nodeKind.comment && kind !== nodeKind.cdata) continue
      throw this.#refused('The signature holds a comment or a CDATA section', signature)
    }
  }

  /** The child elements, which must be these in this order, and perhaps one more. */
  #children<const N extends readonly string[]>(
    parent: number,
    names: N,
    optional?: string,
  ): [...{ [I in keyof N]: number }, ...number[]] {
    const { tape } = this
    const end = tape.next(parent)
    const elements: number[] = []
    let fits = true
    for (let child = parent + 1; child < end; child = tape.next(child)) {
      if (tape.kind(child) !== nodeKind.element) fits &&= tape.isSpace(child)
      else {
        fits &&= this.#isDsig(child, names[elements.length] ?? optional)
        elements.push(child)
      }
    }
    const isWhole = elements.length === names.length || (optional !== undefined && elements.length === names.length + 1)
    if (!fits || !isWhole) {
      throw this.#refused(`${tape.name(parent).localName} has other content than expected`, parent)
    }
    return elements as [...{ [I in keyof N]: number }, ...number[]]
  }

  #isDsig(node: number, name: string | undefined): boolean {
    const { localName, namespace } = this.tape.name(node)
    return localName === name && namespace === dsigNamespace
  }

  /** The value of an attribute without prefix. */
  #attribute(node: number, name: string): string | undefined {
    const { tape } = this
    const first = tape.firstAttribute(node)
    const end = first + tape.attributeCount(node)
    for (let attribute = first; attribute < end; attribute++) {
      const { localName, namespace } = tape.attributeName(attribute)
      if (localName === name && namespace === '') return tape.attributeValue(attribute)
    }
    return undefined
  }

  #allow(node: number, ...names: string[]): void {
    const { tape } = this
    const first = tape.firstAttribute(node)
    const end = first + tape.attributeCount(node)
    for (let attribute = first; attribute < end; attribute++) {
      const { localName, namespace } = tape.attributeName(attribute)
      if (namespace === '' && names.includes(localName)) continue
      throw this.#refused(`${tape.name(node).localName} has an unexpected attribute`, node)
    }
  }

  /** The name of an algorithm; its only accepted parameter is the prefix list of exclusive canonicalisation. */
  #algorithm(node: number): string {
    const { tape } = this
    this.#allow(node, 'Algorithm')
    const uri = this.#attribute(node, 'Algorithm')
    let parameters = 0
    let fits = uri !== undefined
    for (let child = node + 1; child < tape.next(node); child = tape.next(child)) {
      if (tape.kind(child) !== nodeKind.element) fits &&= tape.isSpace(child)
      else {
        const { localName, namespace } = tape.name(child)
        fits &&= uri === transformUri.exclusive && localName === 'InclusiveNamespaces' && namespace === uri
        parameters++
      }
    }
    if (!fits || parameters > 1) {
      throw this.#refused(`${tape.name(node).localName} names no algorithm, or has parameters`, node)
    }
    return uri!
  }

  /** Spec: Exclusive XML Canonicalization 1.0, 3. */
  #prefixList(node: number): string[] {
    const { tape } = this
    const prefixes: string[] = []
    for (let child = node + 1; child < tape.next(node); child = tape.next(child)) {
      if (tape.kind(child) !== nodeKind.element) continue
      const list = this.#attribute(child, 'PrefixList') ?? ''
      for (const prefix of list.split(/[ \t\r\n]+/)) {
        if (prefix !== '') prefixes.push(prefix === '#default' ? '' : prefix)
      }
    }
    return prefixes
  }

  /** The text directly in an element. */
  #text(node: number): string {
    const { tape } = this
    let text = ''
    for (let child = node + 1; child < tape.next(node); child = tape.next(child)) {
      if (tape.kind(child) !== nodeKind.element) text += tape.text(child)
    }
    return text
  }

  #base64(node: number): Buffer {
    const { tape } = this
    const isText = tape.next(node) === node + 2 && tape.kind(node + 1) === nodeKind.text
    const digits = isText ? tape.text(node + 1).replace(/[ \t\r\n]+/g, '') : ''
    // No key of any size in use needs more; the pattern need not meet megabytes.
    if (digits.length > 8192 || !/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(digits)) {
      throw this.#refused(`${tape.name(node).localName} is not base64`, node)
    }
    return Buffer.from(digits, 'base64')
  }

  #firstCertificate(keyInfo: number): string | undefined {
    const { tape } = this
    let certificate: string | undefined
    const end = tape.next(keyInfo)
    for (let node = keyInfo; node < end; node++) {
      if (tape.kind(node) !== nodeKind.element) continue
      const { localName, namespace } = tape.name(node)
      if (structural.has(localName)) throw this.#refused('KeyInfo holds a part of a signature', node)
      if (localName === 'X509Certificate' && namespace === dsigNamespace) certificate ??= this.#text(node)
    }
    return certificate
  }

  #refused(message: string, node: number): ElmoError {
    return new ElmoError('ELMO_SIGNATURE_STRUCTURE', `${message}.`, this.tape.locate(this.tape.start(node)))
  }
}

const isCanonicalization = (uri: string): boolean => uri === transformUri.inclusive || uri === transformUri.exclusive

/** Names that may stand in one place of a signature only; inside KeyInfo they could mislead a reader. */
const structural = new Set(['Signature', 'SignedInfo', 'SignatureValue', 'Reference', 'Object', 'Manifest'])
