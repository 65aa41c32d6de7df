import { describeWith } from '../optional-tests.js'
import { makeThrowawaySigner } from '../throwaway-signer.js'
import { elmoTemplate } from './elmo-template.js'
import { inventedPerson, inventedReports } from './invented-records.js'
import { signatureTemplate } from './signature-template.js'
import { signWithXmlsec1, verifyWithXmlsec1 } from './xmlsec1.js'

const date = '2025-02-03T10:00:00Z'

describeWith(describe, 'xmlsec1', 'verifyWithXmlsec1', () => {
  it('takes the key from the given certificate and never from the document', async () => {
    const [signer, stranger] = [await makeThrowawaySigner(), await makeThrowawaySigner()]
    const withKeyInside = signatureTemplate('sha256').replace(
      /<KeyInfo>.*<\/KeyInfo>/,
      '<KeyInfo><KeyValue/></KeyInfo>',
    )
    const signed = await signWithXmlsec1(elmoTemplate(inventedPerson, inventedReports, date, withKeyInside), stranger)
    expect(signed).toContain('<RSAKeyValue>')
    expect(await verifyWithXmlsec1(signed, signer.certificate)).toBe(false)
    expect(await verifyWithXmlsec1(signed, stranger.certificate)).toBe(true)
  })
})
