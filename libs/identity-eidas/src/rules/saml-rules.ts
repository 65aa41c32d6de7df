import type {
  DigestAlgorithm,
  SamlRequestRules,
  SamlResponseRules,
  SignatureAlgorithm,
} from '@emrex-gateway/identity-saml'

export const transientNameId = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
export const persistentNameId = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
/** The only format that every eIDAS node takes. */
export const unspecifiedNameId = 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified'

const digests: readonly DigestAlgorithm[] = ['sha256', 'sha384', 'sha512']
const elliptic: readonly SignatureAlgorithm[] = ['ecdsa-sha256', 'ecdsa-sha384', 'ecdsa-sha512']
const pss: readonly SignatureAlgorithm[] = ['rsa-pss-sha256', 'rsa-pss-sha384', 'rsa-pss-sha512']
const rsa: readonly SignatureAlgorithm[] = ['rsa-sha256', 'rsa-sha384', 'rsa-sha512']

const times = { skewSeconds: 60, maxLifetimeSeconds: 15 * 60 }

/** What the eIDAS specifications demand of an answer: ECDSA or RSA-PSS, everything signed and encrypted. */
export const eidasResponse: SamlResponseRules = {
  binding: 'post',
  signed: 'response',
  encrypted: 'required',
  signatures: [...elliptic, ...pss],
  digests,
  ...times,
}

/** What services and federations of today send: RSA with SHA-2 too. */
export const usualResponse: SamlResponseRules = {
  binding: 'post',
  signed: 'either',
  encrypted: 'allowed',
  signatures: [...rsa, ...pss, ...elliptic],
  digests,
  ...times,
}

/** How federations of universities are asked. */
export const federationRequest: SamlRequestRules = {
  binding: 'redirect',
  signature: 'rsa-sha256',
  digest: 'sha256',
  forceAuthn: 'as-ordered',
  nameIdFormat: transientNameId,
  consumer: 'url',
}
