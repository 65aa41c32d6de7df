import { describeCertificate } from '../../signature/certificate.js'
import { namespaces } from '../../grammar/namespaces.js'
import type { XmlElement } from '../../xml/parse-xml.js'
import type { NodeSource, RuleEntry } from '../lint-rule.js'

const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

const isElement = (child: XmlElement | string): child is XmlElement => typeof child !== 'string'

function descendants(element: XmlElement, localName: string): XmlElement[] {
  return element.children
    .filter(isElement)
    .flatMap((child) =>
      child.localName === localName && child.namespace === namespaces.ds ? [child] : descendants(child, localName),
    )
}

const textOf = ({ children }: XmlElement): string => children.filter((child) => typeof child === 'string').join('')

const rootSignatures = (source: NodeSource | undefined): XmlElement[] =>
  (source?.elementAt().children ?? [])
    .filter(isElement)
    .filter(({ localName, namespace }) => localName === 'Signature' && namespace === namespaces.ds)

function isEnveloped(signature: XmlElement): boolean {
  const [reference, second] = descendants(signature, 'Reference')
  if (reference === undefined || second !== undefined) return false
  const uri = reference.attributes.find(({ localName }) => localName === 'URI')?.value
  const algorithms = descendants(reference, 'Transform').flatMap(({ attributes }) => attributes)
  return uri === '' && algorithms.some(({ localName, value }) => localName === 'Algorithm' && value === enveloped)
}

function isSelfSigned(certificate: XmlElement): boolean | undefined {
  try {
    return describeCertificate(textOf(certificate))?.selfSigned
  } catch {
    return undefined
  }
}

/** Rules about the signature and about what stands around a document. */
export const embeddingRules: readonly RuleEntry[] = [
  {
    id: 'SIG-PRESENT',
    keyword: 'MUST',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A document is signed. The schema wants it up to 1.4 only; EMREX always, EWP never.',
    hint: 'Sign the finished document.',
    ofSource: true,
    checks: {
      document: (_, found, source) => {
        if (rootSignatures(source).length === 0) found('the document is not signed')
      },
    },
  },
  {
    id: 'SIG-ENVELOPED',
    keyword: 'MUST',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'The signature stands in the document that it signs, with one reference, to the whole of it.',
    hint: 'Use the transform enveloped-signature and one Reference with URI="".',
    ofSource: true,
    checks: {
      document: (_, found, source) => {
        for (const signature of rootSignatures(source)) {
          if (!isEnveloped(signature)) found('no enveloped signature with one reference to the document', 'Signature')
        }
      },
    },
  },
  {
    id: 'SIG-CERT',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'The signature brings the certificate of its key.',
    hint: 'Add KeyInfo with X509Data.',
    ofSource: true,
    checks: {
      document: (_, found, source) => {
        for (const signature of rootSignatures(source)) {
          if (descendants(signature, 'X509Certificate').length === 0) found('no certificate', 'Signature')
        }
      },
    },
  },
  {
    id: 'SIG-KEY-REGISTERED',
    keyword: 'MUST',
    who: 'reader',
    releases: '1.0.0-',
    source: 'guide',
    summary: 'The key that counts is the one that the registry publishes, never the one that a document brings.',
    hint: 'Verify with the certificates of the registry.',
    notCheckable: 'It takes the registry and the verification of the signature.',
  },
  {
    id: 'SIG-REJECT',
    keyword: 'MUST',
    who: 'reader',
    releases: '1.0.0-',
    source: 'guide',
    summary: 'A document whose signature does not hold is not used.',
    hint: 'Use what verifyElmo gives, and nothing where it gives nothing.',
    notCheckable: 'It is about what a reader does.',
  },
  {
    id: 'SIG-CA',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'guide',
    summary: 'The certificate comes from an authority, and is renewed before it runs out.',
    hint: 'Have the certificate issued by an authority; a self-signed one says nothing about its owner.',
    ofSource: true,
    checks: {
      document: (_, found, source) => {
        for (const certificate of rootSignatures(source).flatMap((each) => descendants(each, 'X509Certificate'))) {
          const selfSigned = isSelfSigned(certificate)
          if (selfSigned === undefined) found('a certificate that cannot be read', 'Signature')
          else if (selfSigned) found('a certificate that signed itself', 'Signature')
        }
      },
    },
  },
  {
    id: 'SIG-PERSON',
    keyword: 'MUST',
    who: 'reader',
    releases: '1.0.0-',
    source: 'guide',
    summary: 'Besides the signature a receiver checks that name and birth date are those of whoever logged in.',
    hint: 'Compare the learner with the login before anything is imported.',
    notCheckable: 'It takes the person who logged in.',
  },
  {
    id: 'EMB-PARENT',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.2.0-',
    source: 'annotation',
    summary: 'Inside another document the rules of that one come on top.',
    hint: 'Use a profile: ewp-tors-v1, ewp-tors-v2 or ewp-tors-v3.',
    notCheckable: 'A document does not say what it stands in; a profile does.',
  },
]
