/** PEM texts. */
export interface SigningKey {
  readonly privateKey: string
  readonly certificate: string
}
/** Enveloped signature over the whole document: inclusive C14N, RSA-SHA256, subject and certificate in KeyInfo. */
export function signElmo(xml: Uint8Array, key: SigningKey): Uint8Array {
  throw new Error('not built yet')
}
