import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWithShared } from '@emrex-gateway/testing'
import { unpackElmo } from '../src/packing/unpack-elmo.js'
import { verifyElmo } from '../src/signature/verify-elmo.js'
import { embeddedCertificate } from './embedded-certificate.js'

const weak = 'ELMO_SIGNATURE_WEAK'
const invalid = 'ELMO_SIGNATURE_INVALID'

/** File, verdict without the SHA-1 exception, verdict with it. */
const throwawayVerdicts: readonly [string, string, string][] = [
  ...[
    'xmlsec1-sha256',
    'xmlsec1-exc256',
    'xmlsec1-exc256t',
    'xml-crypto-sha256',
    'xml-crypto-exc256',
    'gateway-ladok-signer-sha256',
  ].map((name): [string, string, string] => [`signed/${name}.xml`, 'verified', 'verified']),
  ...['xmlsec1-sha1', 'xmlsec1-hybrid', 'xmlsec1-croatian-style-exc-sha1', 'xml-crypto-sha1', 'fi-ncp-signer-sha1'].map(
    (name): [string, string, string] => [`signed/${name}.xml`, weak, 'verified'],
  ),
  ['signed/fi-ncp-signer-sha1.b64gz.txt', weak, 'verified'],
  ['signed/fi-ncp-signer-posix-locale-BROKEN.b64gz.txt', weak, invalid],
  ['signed/unsigned-base.xml', 'ELMO_SIGNATURE_MISSING', 'ELMO_SIGNATURE_MISSING'],
  ['hostile/attack-doctype.xml', 'ELMO_FORBIDDEN_MARKUP', 'ELMO_FORBIDDEN_MARKUP'],
  ['hostile/attack-object-injection.xml', 'ELMO_SIGNATURE_STRUCTURE', 'ELMO_SIGNATURE_STRUCTURE'],
  ['hostile/attack-comment-in-name.xml', 'verified', 'verified'],
  ['hostile/trap-other-signature-first.xml', 'verified', 'verified'],
]

const embeddedVerdicts: readonly [string, string, string][] = [
  ['signed/denmark-elmo-tomcat-signed.xml', weak, 'verified'],
  ['wire/denmark-tomcat-signed.b64gz.txt', weak, 'verified'],
  ['wire/denmark-untitled1.b64gz.txt', weak, 'verified'],
  ['wire/denmark-wl.b64gz.txt', weak, 'verified'],
  ['wire/denmark-wl2.b64gz.txt', weak, 'verified'],
  ['wire/denmark-weblogic-signed-BROKEN.b64gz.txt', 'ELMO_ENCODING', 'ELMO_ENCODING'],
  ['wire/finland-2015-response.b64gz.txt', weak, weak],
  ['wire/gateway-2025-sampleElmo.b64-only.txt', weak, invalid],
]

describeWithShared(describe, 'verifyElmo on the shared corpus', (shared) => {
  const corpus = join(shared, 'elmo/corpus')
  const throwaway = (): string => readFileSync(join(corpus, 'signed/throwaway-signing-cert.pem'), 'utf8')
  const open = (path: string) => {
    const raw = readFileSync(join(corpus, path))
    return unpackElmo(path.endsWith('.txt') ? raw.toString('latin1') : raw)
  }
  const judge = (xml: Uint8Array, certificate: string, sha1Until?: string): string => {
    const outcome = verifyElmo(xml, { certificates: [certificate], at: new Date('2026-11-24T12:00:00Z'), sha1Until })
    return outcome.verified ? 'verified' : outcome.code
  }

  it.each(throwawayVerdicts)('%s: %s; with the exception %s', (path, without, withException) => {
    const { xml } = open(path)
    expect([judge(xml, throwaway()), judge(xml, throwaway(), '2099-12-31')]).toEqual([without, withException])
  })

  it.each(embeddedVerdicts)('%s: %s; with the exception %s', (path, without, withException) => {
    const { xml } = open(path)
    const certificate = embeddedCertificate(xml)
    expect([judge(xml, certificate), judge(xml, certificate, '2099-12-31')]).toEqual([without, withException])
  })

  it('opens the sample that is base64 alone with a notice, and all others without', () => {
    const txt = [...throwawayVerdicts, ...embeddedVerdicts]
      .map(([path]) => path)
      .filter((path) => path.endsWith('.txt'))
    const deviating = txt.map((path) => [path, open(path).deviations] as const).filter(([, { length }]) => length > 0)
    expect(deviating).toEqual([['wire/gateway-2025-sampleElmo.b64-only.txt', ['not-gzipped']]])
  })

  it('reads the whole name around a comment, from the signed bytes', () => {
    const outcome = verifyElmo(open('hostile/attack-comment-in-name.xml').xml, {
      certificates: [throwaway()],
      at: new Date('2026-11-24T12:00:00Z'),
    })
    const honest = verifyElmo(open('signed/xml-crypto-sha256.xml').xml, {
      certificates: [throwaway()],
      at: new Date('2026-11-24T12:00:00Z'),
    })
    expect(outcome.verified && outcome.document.elmo.learner).toEqual(honest.verified && honest.document.elmo.learner)
    expect(outcome.verified && outcome.document.elmo.learner.familyName.length).toBeGreaterThan(3)
  })
})
