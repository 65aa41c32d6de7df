import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import fc from 'fast-check'
import { describeWith, describeWithShared } from '@emrex-gateway/testing'
import { unpackElmo } from '../src/packing/unpack-elmo.js'
import { readElmo } from '../src/document/read-elmo.js'
import type { SignatureEngine } from '../src/signature/signature-algorithms.js'
import { verifyElmo, type VerificationOutcome } from '../src/signature/verify-elmo.js'
import { embeddedCertificate } from './embedded-certificate.js'
import { hasRelativeNamespace } from './has-relative-namespace.js'
import { openVerdict } from './open-policy.js'
import { damage, signaturesOfOthers, type SignedByOthers } from './signatures-of-others.js'
import { verifyWithXmlsec } from './xmlsec.js'

jest.setTimeout(1_200_000)

const isLong = process.env['EMREX_LONG_TESTS'] !== undefined
const count = isLong ? 20_000 : 2_000
/** The reference engine takes twenty times as long, so one in so many documents is shown to it. */
const referenceEvery = 10

/** What the policy refuses beyond the cryptography. Spec: the policy of the README, "What is accepted". */
const refusedByPolicy = new Set(['ELMO_SIGNATURE_STRUCTURE', 'ELMO_SIGNATURE_WEAK', 'ELMO_SIGNATURE_MISSING'])
/** What the parser refuses though XML would allow it. */
const refusedMarkup = new Set(['ELMO_FORBIDDEN_MARKUP', 'ELMO_ENCODING'])

/** Namespaces in XML is a rule of its own beside XML: libxml2 goes on where it is broken. */
const breaksNamespaces =
  /a prefix is not declared|a namespace declaration is not allowed here|an attribute stands twice/

const judge = (xml: Uint8Array, certificate: string, sha1: boolean, engine?: SignatureEngine): VerificationOutcome =>
  verifyElmo(xml, { certificates: [certificate], at: new Date(), sha1Until: sha1 ? '2099-12-31' : undefined, engine })

const verdictOf = (outcome: VerificationOutcome): string => (outcome.verified ? 'verified' : outcome.code)

interface Compared {
  readonly xml: Uint8Array
  readonly xmlsec: boolean
  readonly open: string
  readonly strict: string
  readonly message: string
  /** The reference engine's, where it was asked. */
  readonly reference: string
}

/** Where ours and theirs differ in a way that nothing explains. */
const unexplained = ({ xml, xmlsec, open, strict, message, reference }: Compared): boolean => {
  if (reference !== strict) return true
  if (xmlsec && strict === 'ELMO_NOT_WELL_FORMED') return !breaksNamespaces.test(message)
  if (open === 'holds' && !xmlsec && hasRelativeNamespace(xml)) return false
  if (xmlsec !== (open === 'holds')) return !(xmlsec && refusedMarkup.has(open) && strict === open)
  return xmlsec ? !(strict === 'verified' || refusedByPolicy.has(strict)) : strict === 'verified'
}

async function compare(documents: readonly (SignedByOthers & { xml: Uint8Array })[]): Promise<Compared[]> {
  const compared: Compared[] = []
  for (const signer of new Set(documents.map((one) => one.signer))) {
    const own = documents.filter((one) => one.signer === signer).map(({ xml }) => xml)
    const verdicts = await verifyWithXmlsec(own, signer.certificate)
    own.forEach((xml, index) => {
      const outcome = judge(xml, signer.certificate, true)
      if (outcome.verified) expect(readElmo(outcome.document.signedBytes).elmo).toEqual(outcome.document.elmo)
      const strict = verdictOf(outcome)
      const reference =
        index % referenceEvery === 0 ? verdictOf(judge(xml, signer.certificate, true, 'reference')) : strict
      const message = outcome.verified ? '' : outcome.message
      const open = openVerdict(xml, signer.certificate)
      compared.push({ xml, xmlsec: verdicts[index]!, open, strict, message, reference })
    })
  }
  return compared
}

const shown = (differing: readonly Compared[]) =>
  differing.slice(0, 5).map(({ xml, ...verdicts }) => ({ ...verdicts, xml: Buffer.from(xml).toString('latin1') }))

describeWith(describe, 'xmlsec1', 'signatures that xmlsec1 made, judged by both', () => {
  let made: SignedByOthers[]
  beforeAll(async () => {
    made = await signaturesOfOthers(count / 2, 21)
  })

  it('all hold, for us and for xmlsec1', async () => {
    const compared = await compare(made)
    expect(shown(compared.filter(unexplained))).toEqual([])
    expect(shown(compared.filter(({ strict }) => strict !== 'verified'))).toEqual([])
  })

  it('with SHA-1 are refused as weak without the exception, and the others are not', () => {
    const verdicts = made
      .filter((_one, index) => index % 4 === 0)
      .map(({ xml, signer, usesSha1 }) => {
        return { usesSha1, verdict: verdictOf(judge(xml, signer.certificate, false)) }
      })
    expect(
      verdicts.filter(({ usesSha1, verdict }) => verdict !== (usesSha1 ? 'ELMO_SIGNATURE_WEAK' : 'verified')),
    ).toEqual([])
    expect(new Set(verdicts.map(({ usesSha1 }) => usesSha1))).toEqual(new Set([true, false]))
  })

  it('and damaged in one place have one verdict; what the policy refuses further, it names', async () => {
    const damaged = made.map((one, index) => {
      const from = index % 2 === 0 ? one.xml.indexOf('SignedInfo>') - 5 : 0
      const until = index % 2 === 0 ? one.xml.lastIndexOf('Signature>') + 5 : one.xml.length
      return { ...one, xml: fc.sample(damage(one.xml, from, until), { seed: index, numRuns: 1 })[0]! }
    })
    const compared = await compare(damaged)
    expect(shown(compared.filter(unexplained))).toEqual([])
    const tally = new Map<string, number>()
    for (const { xmlsec, strict } of compared) {
      const key = `${xmlsec ? 'holds' : 'does not hold'}: ${strict}`
      tally.set(key, (tally.get(key) ?? 0) + 1)
    }
    if (isLong) console.log(tally)
    // Otherwise one of the sides was hardly asked.
    expect(tally.get('holds: verified')).toBeGreaterThan(count / 50)
    expect(tally.get('does not hold: ELMO_SIGNATURE_INVALID')).toBeGreaterThan(count / 50)
    expect(tally.get('holds: ELMO_SIGNATURE_STRUCTURE')).toBeGreaterThan(0)
  })

  describeWithShared(describe, 'and the shared corpus', (shared) => {
    it.each(['signed', 'wire', 'hostile'])('in folder %s', async (folder) => {
      const path = join(shared, 'elmo/corpus', folder)
      const throwaway = readFileSync(join(shared, 'elmo/corpus/signed/throwaway-signing-cert.pem'), 'utf8')
      const files = readdirSync(path).filter((name) => /\.(xml|txt)$/.test(name) && name !== 'README.txt')
      for (const name of files) {
        const raw = readFileSync(join(path, name))
        const { xml } = unpackElmo(name.endsWith('.txt') ? raw.toString('latin1') : raw)
        const certificate = /denmark|finland-2015|gateway-2025/.test(name) ? embeddedCertificate(xml) : throwaway
        const [one] = await compare([
          { xml: Buffer.from(xml), signer: { certificate, privateKey: '' }, usesSha1: true },
        ])
        expect([name, shown([one!].filter(unexplained))]).toEqual([name, []])
      }
      expect(files.length).toBeGreaterThan(3)
    })
  })
})
