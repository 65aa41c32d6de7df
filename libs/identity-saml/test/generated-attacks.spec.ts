import { jest } from '@jest/globals'
import fc from 'fast-check'
import type { SamlProfile } from '../src/profile.js'
import { artifactAround, wrappings } from './attacks/wrappings.js'
import { judge, verdict } from './judged.js'
import { buildResponse, makeKeys, profileOf, type BuildOptions } from './saml-factory.js'
import { parseStrict } from '../src/xml/parse-strict.js'
import { childrenOf } from '../src/xml/elements.js'

jest.setTimeout(120_000)

const keys = await makeKeys()
const long = process.env['EMREX_LONG_TESTS'] !== undefined

/** Six ways in which countries sign and encrypt. */
const shapes: readonly { readonly profile: SamlProfile; readonly build: BuildOptions }[] = [
  { profile: profileOf({ signed: 'response' }), build: { signed: 'response' } },
  { profile: profileOf({ signed: 'response', encrypted: 'required' }), build: { signed: 'response', encrypted: true } },
  { profile: profileOf({ signed: 'assertion' }), build: { signed: 'assertion' } },
  { profile: profileOf({ signed: 'both' }), build: { signed: 'both' } },
  { profile: profileOf({ signed: 'either' }), build: { signed: 'assertion' } },
  {
    profile: profileOf({ signed: 'both', encrypted: 'required', signatures: ['ecdsa-sha256'] }),
    build: { signed: 'both', encrypted: true, key: keys.ec256.privateKey, sign: { algorithm: 'ecdsa-sha256' } },
  },
]
const trust = { idpKeys: [keys.idp.publicKey, keys.ec256.publicKey] }
const good = shapes.map(({ build }) => buildResponse(keys, build))

const say = (message: string, shape: number): string =>
  verdict(judge(keys, message, { profile: shapes[shape]!.profile, context: trust }))

const shape = fc.nat(shapes.length - 1)
const place = fc.nat(1_000_000)
const forgedId = fc.constantFrom('_response-1', '_assertion-1', '_forged', '_request-1')

/** Start tags behind which, and end tags before which, something can be put. */
const seams = (message: string): number[] => [...message.matchAll(/(?<=>)(?=<)/g)].map(({ index }) => index)

function putAt(message: string, at: number, content: string): string {
  const all = seams(message)
  const seam = all[at % all.length]!
  return message.slice(0, seam) + content + message.slice(seam)
}

/** Another letter or digit somewhere in what is signed. */
function changeOne(message: string, at: number, isLate: boolean): string {
  const begin = message.lastIndexOf('</ds:Signature>') + '</ds:Signature>'.length
  const rest = message.slice(isLate ? begin : message.indexOf('</ds:Signature>'))
  const offset = message.length - rest.length
  const end = rest.lastIndexOf('</saml:')
  const places = [...rest.slice(0, end).matchAll(/[A-Za-z0-9]/g)].map(({ index }) => index + offset)
  const chosen = places[at % places.length]!
  const other = message[chosen] === 'q' ? 'z' : 'q'
  return message.slice(0, chosen) + other + message.slice(chosen + 1)
}

describe('generated attacks', () => {
  it('accepts each of the six messages as it is', () => {
    expect(good.map((message, index) => say(message, index))).toEqual(good.map(() => 'ok'))
  })

  it('accepts no wrapping, whatever the IDs of the forged parts and wherever it is put', () => {
    let count = 0
    fc.assert(
      fc.property(
        fc.boolean(),
        forgedId,
        forgedId,
        fc.nat(8),
        shape,
        fc.boolean(),
        (sealed, response, assertion, which, at, inArtifact) => {
          count += 1
          const [, , message] = wrappings(keys, sealed, { response, assertion })[which]!
          if (!inArtifact) return say(message, at) !== 'ok'
          let document
          try {
            document = parseStrict(artifactAround(message))
          } catch {
            return true
          }
          const found = childrenOf(document.root).find(({ localName }) => localName === 'Response')!
          return !judge(keys, { document, response: found }, { profile: shapes[at]!.profile, context: trust }).ok
        },
      ),
      { seed: 404, numRuns: long ? 10_000 : 900 },
    )
    expect(count).toBeGreaterThanOrEqual(900)
  })

  it('accepts no message into which a part of another good one was put', () => {
    const parts = good.flatMap((message) => [
      message,
      ...[
        /<saml:Assertion.*<\/saml:Assertion>/s,
        /<ds:Signature .*?<\/ds:Signature>/s,
        /<saml:Subject>.*<\/saml:Subject>/s,
      ]
        .map((part) => part.exec(message)?.[0])
        .filter((part) => part !== undefined),
    ])
    fc.assert(
      fc.property(
        shape,
        fc.nat(parts.length - 1),
        place,
        (at, part, where) => say(putAt(good[at]!, where, parts[part]!), at) !== 'ok',
      ),
      { seed: 405, numRuns: long ? 10_000 : 700 },
    )
  })

  it('accepts no message with another letter in what was signed', () => {
    fc.assert(
      fc.property(
        shape,
        place,
        fc.boolean(),
        (at, where, isLate) => say(changeOne(good[at]!, where, isLate), at) !== 'ok',
      ),
      { seed: 406, numRuns: long ? 10_000 : 500 },
    )
  })
})
