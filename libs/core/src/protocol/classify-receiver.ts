/** A receiver that the settings know: its name, the origin of its return address, further origins its form may be passed on to. */
export interface KnownReceiver {
  readonly name: string
  readonly origin: string
  readonly furtherOrigins: readonly string[]
}
export type ReceiverClass =
  | {
      readonly kind: 'known'
      readonly name: string
      readonly host: string
      readonly origin: string
      readonly formOrigins: readonly string[]
      readonly returnUrl: string
    }
  | {
      readonly kind: 'ask'
      readonly host: string
      readonly hostAscii: string
      readonly origin: string
      readonly formOrigins: readonly string[]
      readonly returnUrl: string
    }
  | { readonly kind: 'refuse'; readonly why: string }
/** Decided before the login. `returnUrl` in the answer is the serialised parsed address: the only one used from there on. */
export function classifyReceiver(
  returnUrl: string,
  policy: { known: readonly KnownReceiver[]; unknown: 'ask' | 'refuse'; allowLoopbackHttp: boolean },
): ReceiverClass {
  throw new Error('not built yet')
}
