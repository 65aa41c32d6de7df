import { createHash, createPrivateKey, sign } from 'node:crypto'
import { SignedXml } from 'xml-crypto'

/** An invented person's document, with what canonicalisation can trip over. */
export const document = `<?xml version="1.0" encoding="UTF-8"?>
<elmo xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1" xmlns:Big="urn:big" xmlns:small="urn:small">
  <generatedDate>2026-11-02T10:00:00Z</generatedDate>
  <learner>
    <citizenship>SE</citizenship>
    <identifier type="nationalIdentifier">191212121212</identifier>
    <givenNames>Tolvan</givenNames>
    <familyName>Tolvansson</familyName>
    <bday>1912-12-12</bday>
  </learner>
  <report>
    <issuer>
      <country>SE</country>
      <identifier type="schac">example.org</identifier>
      <title xml:lang="en">Example &amp; Sons University</title>
      <url>https://example.org/</url>
    </issuer>
    <learningOpportunitySpecification>
      <identifier type="local">ABC123</identifier>
      <title xml:lang="en">Algebra &lt;for&gt; beginners &#8212; part&#xA0;1</title>
      <type>Course</type>
      <specifies>
        <learningOpportunityInstance>
          <start>2026-09-01</start>
          <date>2026-10-30</date>
          <status>passed</status>
          <resultLabel>VG</resultLabel>
          <credit>
            <scheme>ects</scheme>
            <value>7.5</value>
          </credit>
        </learningOpportunityInstance>
      </specifies>
    </learningOpportunitySpecification>
    <issueDate>2026-11-02T10:00:00Z</issueDate>
  </report>
  <extension><Big:note small:kind="x" Big:kind="y">kept</Big:note></extension>
</elmo>
`

const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const more = 'http://www.w3.org/2001/04/xmldsig-more#'
export const uris = {
  dsig,
  inclusive: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  enveloped: `${dsig}enveloped-signature`,
  digest: {
    sha1: `${dsig}sha1`,
    sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
    sha384: `${more}sha384`,
    sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
  },
  signature: (keyType: 'rsa' | 'ecdsa', hash: Hash): string =>
    keyType === 'rsa' && hash === 'sha1' ? `${dsig}rsa-sha1` : `${more}${keyType}-${hash}`,
} as const

export type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512'

export interface SigningChoice {
  readonly hash?: Hash
  readonly digest?: Hash
  readonly canonicalization?: string
  readonly transforms?: readonly string[]
  readonly prefix?: string
}

/** Signs as somebody else would: any algorithm, canonicalisation and prefix, and no KeyInfo. */
export function signLikeOthers(xml: string, privateKey: string, choice: SigningChoice = {}): Buffer {
  const { hash = 'sha256', digest = hash, canonicalization = uris.inclusive } = choice
  const key = createPrivateKey(privateKey)
  const signatureUri = uris.signature(key.asymmetricKeyType === 'ec' ? 'ecdsa' : 'rsa', hash)
  class Signature {
    getAlgorithmName = (): string => signatureUri
    getSignature = (text: string): string =>
      sign(hash, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64')
    verifySignature = (): boolean => false
  }
  class Digest {
    getAlgorithmName = (): string => uris.digest[digest]
    getHash = (text: string): string => createHash(digest).update(text, 'utf8').digest('base64')
  }
  const library = new SignedXml({
    privateKey,
    signatureAlgorithm: signatureUri,
    canonicalizationAlgorithm: canonicalization,
  })
  library.SignatureAlgorithms = { [signatureUri]: Signature as never }
  library.HashAlgorithms = { [uris.digest[digest]]: Digest }
  library.addReference({
    xpath: '/*',
    isEmptyUri: true,
    transforms: [...(choice.transforms ?? [uris.enveloped])],
    digestAlgorithm: uris.digest[digest],
  })
  library.computeSignature(xml, { prefix: choice.prefix })
  return Buffer.from(library.getSignedXml())
}
