import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import fc from 'fast-check'
import { elmoArbitraryOf, rawSignature } from '../../test/elmo-arbitrary.js'
import { goldenElmo, goldenNames, goldenRelease } from '../../test/golden.js'
import { readElmo } from '../document/read-elmo.js'
import { writeElmo } from '../document/write-elmo.js'
import { releases, type Release } from '../grammar/releases.js'
import type { Elmo } from '../model.js'
import { signElmo } from './sign-elmo.js'
import { verifyElmo } from './verify-elmo.js'
import { writeSignedElmo } from './write-signed-elmo.js'

const signer = await makeThrowawaySigner()
const code = (value: string) => expect.objectContaining({ code: value })

/** Signs in one go and in two; whatever was thrown counts as the outcome. */
function bothWays(elmo: Elmo, release?: Release): [unknown, unknown] {
  const outcome = (sign: () => Uint8Array): unknown => {
    try {
      return Buffer.from(sign()).toString('latin1')
    } catch (error) {
      return error
    }
  }
  return [
    outcome(() => writeSignedElmo(elmo, signer, { release })),
    outcome(() => signElmo(writeElmo(elmo, { release }), signer)),
  ]
}

function expectSame([atOnce, inTwo]: [unknown, unknown]): void {
  expect(inTwo).toEqual(expect.any(String))
  expect(atOnce === inTwo).toBe(true)
}

const nested = (levels: number): string =>
  `<x:a xmlns:x="urn:x">${'<x:a>'.repeat(levels)}${'</x:a>'.repeat(levels)}</x:a>`

describe('writeSignedElmo', () => {
  it.each(goldenNames)('gives the bytes that signElmo gives for what writeElmo writes: %s', (name) => {
    const { signature: _, ...elmo } = goldenElmo(name)
    expectSame(bothWays(elmo, goldenRelease(name)))
  })

  it.each(releases)('does so for documents of %s, with extensions and without', (release) => {
    const file = fileURLToPath(new URL(`../../testdata/releases/${release}.xml`, import.meta.url))
    const generated = fc.sample(elmoArbitraryOf(release, 6), { seed: 20260302, numRuns: 40 })
    for (const { signature: _, ...elmo } of [readElmo(readFileSync(file)).elmo, ...generated]) {
      expectSame(bothWays(elmo, release))
    }
  })

  it('does so for a large attachment, and for one that is not all ASCII', () => {
    const elmo = goldenElmo('minimal')
    elmo.attachments = ['A', 'é', '😀'].map((unit) => ({ content: [{ value: unit.repeat(300_000) }] }))
    expectSame(bothWays(elmo))
  })

  it('makes a document that verifies', () => {
    const policy = { certificates: [signer.certificate], at: new Date() }
    expect(verifyElmo(writeSignedElmo(goldenElmo('maximal'), signer), policy)).toMatchObject({ verified: true })
  })

  it('signs by the reference when asked to, with the same bytes', () => {
    const elmo = goldenElmo('two-reports')
    const byReference = writeSignedElmo(elmo, signer, { engine: 'reference' })
    expect(Buffer.from(writeSignedElmo(elmo, signer)).equals(byReference)).toBe(true)
  })

  it.each<[string, (elmo: Elmo) => void, string]>([
    ['is not valid', (elmo) => (elmo.reports = []), 'ELMO_INVALID'],
    ['is signed already', (elmo) => (elmo.signature = rawSignature), 'ELMO_SIGNATURE_STRUCTURE'],
    ['holds an extension that is too deep where it stands', (elmo) => (elmo.extension = [nested(62)]), 'ELMO_TOO_DEEP'],
    [
      'is larger than readers take',
      (elmo) => (elmo.attachments = [{ content: [{ value: 'A'.repeat(2 ** 26) }] }]),
      'ELMO_TOO_LARGE',
    ],
  ])('refuses what %s, as in two steps', (_, change, expected) => {
    const elmo = goldenElmo('minimal')
    change(elmo)
    expect(bothWays(elmo)).toEqual([code(expected), code(expected)])
  })

  it('takes an extension that is as deep as readers take', () => {
    const elmo = { ...goldenElmo('minimal'), extension: [nested(61)] }
    expectSame(bothWays(elmo))
  })

  it('refuses more elements than readers take, as in two steps', () => {
    const elmo = goldenElmo('minimal')
    elmo.learner.identifier = Array.from({ length: 260_000 }, () => ({ type: 'x', value: '1' }))
    expect(bothWays(elmo)).toEqual([code('ELMO_TOO_MANY_NODES'), code('ELMO_TOO_MANY_NODES')])
  })
})
