import fc from 'fast-check'
import { X509Certificate } from 'node:crypto'
import { makeThrowawaySigner, type ThrowawaySigner } from '@emrex-gateway/testing'
import type { ElmoErrorCode } from '../src/elmo-error.js'
import { signElmo } from '../src/signature/sign-elmo.js'
import { attackKinds } from './attack-kinds.js'
import { signTemplate } from './sign-template.js'
import type { SignatureTemplate } from './signature-template.js'
import { document, uris } from './signed-documents.js'

/** A document that is accepted, with its parts, for an attack to work on. */
export interface Twin {
  readonly text: string
  /** The signature as it stands in the text. */
  readonly signature: string
  /** With its colon, or empty. */
  readonly prefix: string
  readonly signer: ThrowawaySigner
  /** Signs another document the same way, with a key that nobody trusts. */
  readonly signAsAttacker: (xml: string) => string
  /** Signs another document the same way, with the honest key: for what its owner signed on another day. */
  readonly signHonestly: (xml: string) => string
  /** Signs with a key of the honest signer that is too short. */
  readonly shortKey: ThrowawaySigner
}

export interface AttackMutant {
  readonly kind: string
  readonly twin: Twin
  /** XML, or gzip of it. */
  readonly received: Uint8Array
  readonly code: ElmoErrorCode
  /** The keys that the receiver has, where not those of the twin. */
  readonly certificates?: readonly string[]
}

export const forged = (xml: string): string => xml.replace('7.5', '300').replace('Tolvansson', 'Attackersson')

const styles: (SignatureTemplate & { readonly own?: boolean })[] = [
  { own: true },
  { own: true },
  { prefix: 'ds' },
  { canonicalization: uris.exclusive },
  { prefix: 'dsig', canonicalization: uris.exclusive, transforms: [uris.enveloped, uris.exclusive] },
  { prefix: 'Z', hash: 'sha512', transforms: [uris.enveloped, uris.inclusive] },
]
const note = 'kept'
const contents = [
  note,
  `<x:y xmlns:x="urn:x" x:a="1"><z xmlns=""/></x:y>${note}`,
  `<Signature xmlns="${uris.dsig}"><SignedInfo/></Signature>${note}`,
  `<!-- c -->&#13;<![CDATA[<&]]>${note}`,
]

/** Accepted documents of every style. */
export async function attackTwins(): Promise<Twin[]> {
  const signer = await makeThrowawaySigner()
  const attacker = await makeThrowawaySigner({ commonName: 'Attacker' })
  const shortKey = await makeThrowawaySigner({ key: { type: 'rsa', bits: 1024 } })
  return styles.flatMap(({ own, ...choice }) =>
    contents.map((content, index) => {
      const keyInfo = ({ certificate }: ThrowawaySigner): string => {
        const base64 = new X509Certificate(certificate).raw.toString('base64')
        const p = choice.prefix === undefined ? '' : `${choice.prefix}:`
        return `<${p}X509Data><${p}X509Certificate>${base64}</${p}X509Certificate></${p}X509Data>`
      }
      const signWith =
        (key: ThrowawaySigner) =>
        (xml: string): string =>
          own === true
            ? Buffer.from(signElmo(Buffer.from(xml), key)).toString()
            : signTemplate(xml, key.privateKey, { ...choice, keyInfo: keyInfo(key) })
      const ends = index % 2 === 0 ? document : document.replaceAll('\n', '\r\n')
      const xml = ends.replace(note, () => content)
      const text = signWith(signer)(xml)
      const at = text.search(/<(?:\w+:)?Signature (?![^]*<(?:\w+:)?Signature )/)
      const signature = text.slice(at, text.lastIndexOf('</elmo>'))
      const [, prefix = ''] = /^<(\w+:)?/.exec(signature)!
      const [signAsAttacker, signHonestly] = [signWith(attacker), signWith(signer)]
      return { text, signature, prefix, signer, signAsAttacker, signHonestly, shortKey }
    }),
  )
}

/** What an attack is drawn from: it picks as often as it likes. */
export type Pick = <T>(choices: readonly T[]) => T

/** `count` attacks of every kind there is, each on one of the twins. */
export function attackMutants(twins: readonly Twin[], count: number, seed: number): AttackMutant[] {
  const kinds = Object.keys(attackKinds)
  const numbers = fc.array(fc.nat(2 ** 30), { minLength: 16, maxLength: 16 })
  return fc.sample(numbers, { seed, numRuns: count }).map((drawn, index) => {
    let next = 0
    const pick: Pick = (choices) => choices[drawn[next++ % drawn.length]! % choices.length]!
    const twin = pick(twins)
    const kind = kinds[index % kinds.length]!
    const { xml, code, certificates } = attackKinds[kind]!(twin, pick)
    return { kind, twin, received: Buffer.from(xml), code, certificates }
  })
}
