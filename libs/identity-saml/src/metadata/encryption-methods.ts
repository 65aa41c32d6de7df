import {
  contentCiphers,
  digestMethods,
  ecdhEs,
  encryptionNamespaces,
  keyWraps,
  maskMethods,
  rsaOaep,
  rsaOaepMgf1p,
} from '../encryption/encryption-algorithms.js'
import { encryptionPolicyAt } from '../encryption/encryption-policy-at.js'
import type { SamlResponseRules } from '../profile.js'

const method = (uri: string, inside = ''): string =>
  inside === ''
    ? `<md:EncryptionMethod Algorithm="${uri}"/>`
    : `<md:EncryptionMethod Algorithm="${uri}">${inside}</md:EncryptionMethod>`

/** Every algorithm that is decrypted with a key of this kind today, and no other: best first. */
export function encryptionMethods(response: Pick<SamlResponseRules, 'relax'>, kind: 'rsa' | 'ec', now: Date): string {
  const policy = encryptionPolicyAt(response, now, true)
  const ciphers = [...contentCiphers].filter(([, { mode }]) => mode === 'gcm' || policy.aesCbc).map(([uri]) => uri)
  return [
    ...ciphers.map((uri) => method(uri)),
    ...(kind === 'ec' ? [ecdhEs, ...keyWraps.keys()].map((uri) => method(uri)) : rsaMethods(policy.oaepSha1)),
  ].join('')
}

function rsaMethods(isSha1Borne: boolean): string[] {
  const { ds, xenc11 } = encryptionNamespaces
  const inside = [...digestMethods].flatMap(([digest, hash]) =>
    hash === 'sha1'
      ? []
      : [...maskMethods]
          .filter(([, mask]) => mask === hash)
          .map(
            ([mask]) =>
              `<ds:DigestMethod xmlns:ds="${ds}" Algorithm="${digest}"/>` +
              `<xenc11:MGF xmlns:xenc11="${xenc11}" Algorithm="${mask}"/>`,
          ),
  )
  return [...inside.map((parameters) => method(rsaOaep, parameters)), ...(isSha1Borne ? [method(rsaOaepMgf1p)] : [])]
}
