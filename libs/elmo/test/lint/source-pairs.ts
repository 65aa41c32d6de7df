/** Changes of the text of a clean document that break what only bytes show. */
export interface SourcePair {
  readonly rule: string
  /** End of the path that the finding must have. */
  readonly at: string
  /** What the line begins with that the finding must name. */
  readonly line: RegExp
  readonly breaks: (xml: string) => string
  readonly keeps?: (xml: string) => string
}

/** Replaces what must be there. */
const replace =
  (from: string | RegExp, to: string) =>
  (xml: string): string => {
    const changed = xml.replace(from, to)
    if (changed === xml) throw new Error('the clean document lacks what the pair needs')
    return changed
  }

const html = '<content type="text/html">'
const keyInfo = /<KeyInfo>.*<\/KeyInfo>/s
const issueDate = /( *<issueDate>[^<]*<\/issueDate>\n)( *<gradingScheme .*?<\/gradingScheme>\n)/s

/** The clean document is signed, with a certificate that an authority issued. */
export const sourcePairs: readonly SourcePair[] = [
  { rule: 'SIG-PRESENT', at: '/elmo', line: /^<elmo/, breaks: replace(/<Signature .*<\/Signature>/s, '') },
  {
    rule: 'SIG-ENVELOPED',
    at: '/Signature',
    line: /^ *<Signature/,
    breaks: replace('URI=""', 'URI="#other"'),
  },
  {
    rule: 'SIG-ENVELOPED',
    at: '/Signature',
    line: /^ *<Signature/,
    breaks: replace('#enveloped-signature', '#other'),
  },
  { rule: 'SIG-CERT', at: '/Signature', line: /^ *<Signature/, breaks: replace(keyInfo, '') },
  {
    rule: 'SIG-CA',
    at: '/Signature',
    line: /^ *<Signature/,
    breaks: replace(/<X509Certificate>[^<]*/, '<X509Certificate>SELF-SIGNED'),
  },
  {
    rule: 'SIG-CA',
    at: '/Signature',
    line: /^ *<Signature/,
    breaks: replace(/<X509Certificate>[^<]*/, '<X509Certificate>VGVzdA=='),
  },
  {
    rule: 'DS-CONTENT-CDATA',
    at: '/section[1]/section[1]/content',
    line: /^ *<content/,
    breaks: replace('<content type="text/plain">Testsson', `${html}&lt;p&gt;Testsson&lt;/p&gt;`),
    keeps: replace('<content type="text/plain">Testsson', `${html}<![CDATA[<p>Testsson</p>]]>`),
  },
  { rule: 'P-NS-VARIANT', at: '/elmo', line: /^<elmo/, breaks: replace('/tree/v1', '/tree/v1.3.0') },
  { rule: 'P-NS-VARIANT', at: '/elmo', line: /^<elmo/, breaks: replace(/ xmlns="[^"]*tree\/v1"/, '') },
  {
    rule: 'P-ORDER',
    at: 'report[1]/issueDate',
    line: /^ *<issueDate/,
    breaks: replace(issueDate, '$2$1'),
  },
]

/** A certificate of a throw-away key, issued by a throw-away authority; nobody has either key any more. */
export const issuedByAnAuthority =
  'MIIBKzCB0gIUe8ckoGrUC9r/7pL74fdeVcfwwNswCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOVGVzdCBBdXRob3JpdHkwIBcNMjYxMTI2MTM1NT' +
  'A1WhgPMjEyNjExMDIxMzU1MDVaMBYxFDASBgNVBAMMC1Rlc3Qgc2lnbmVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEvX89+oUVZqeFABS6' +
  'nQsborWlL71lJDsl1aIJSJ4iTjE80Lh0smuVrFcIR8l9JLvoyrqBpwzCqY9MaZVj8ywGFDAKBggqhkjOPQQDAgNIADBFAiBinWkKnzLbkMXp7/' +
  'gQNL6XLvUDTZksvAQeqxOgejwjDQIhAOaESAUnGYKiQGdL1C/OvdduRDyoPSMjTaBamGiBsy+q'
