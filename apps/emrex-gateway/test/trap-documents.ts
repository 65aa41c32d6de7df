import { gzipSync } from 'node:zlib'
import { signElmo } from '@emrex-gateway/elmo'
import type { ThrowawaySigner } from '@emrex-gateway/testing'

/** Ingrid's results as another system would write them, line by line, unsigned. */
export const trapDocument = (givenNames = 'Ingrid Solbakk', extension = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<elmo xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1">
  <generatedDate>${new Date().toISOString()}</generatedDate>
  <learner>
    <givenNames>${givenNames}</givenNames>
    <familyName>Tveitnesli</familyName>
    <bday>1989-06-05</bday>
  </learner>
  <report>
    <issuer>
      <country>NO</country>
      <identifier type="schac">coast.example</identifier>
      <title xml:lang="en">University of the Coast</title>
      <url>https://coast.example/</url>
    </issuer>
    <learningOpportunitySpecification>
      <identifier type="local">TRAP-1</identifier>
      <title xml:lang="nb">Innføring i sjøkunnskap</title>
      <type>Course</type>
      <specifies><learningOpportunityInstance>
        <date>2026-05-29</date>
        <status>passed</status>
        <credit><scheme>ects</scheme><value>7.5</value></credit>
      </learningOpportunityInstance></specifies>
${extension}    </learningOpportunitySpecification>
    <issueDate>2026-06-30T10:00:00Z</issueDate>
  </report>
</elmo>
`

export const signedText = (signer: ThrowawaySigner, text = trapDocument()): string =>
  Buffer.from(signElmo(Buffer.from(text), signer)).toString()

/** As EMREX packs. */
export const pack = (xml: string | Uint8Array): string => gzipSync(xml).toString('base64')
