import { EmrexError, type HandOff, type LoginOrder, type Pending } from '@emrex-gateway/core'
import { createAuthnRequest, demandsFreshLogin } from '../messages/create-authn-request.js'
import { sendMessage } from '../messages/send-message.js'
import type { SamlParts } from './saml-parts.js'

/** @throws {EmrexError} LOGIN_UNAVAILABLE */
export async function beginLogin(
  { settings, profile, host, keys, watch }: SamlParts,
  order: LoginOrder,
): Promise<{ readonly action: HandOff; readonly pending: Pending }> {
  const metadata = await watch.current()
  const { binding } = profile.request
  const endpoint = metadata.singleSignOn.find((one) => one.binding === binding)
  if (endpoint === undefined)
    throw new EmrexError('LOGIN_UNAVAILABLE', `the metadata of the login has no address for ${binding}`)
  const id = `_${host.randomId()}`
  const issuedAt = host.now()
  const xml = createAuthnRequest(profile, {
    id,
    issuedAt,
    destination: endpoint.url,
    consumerUrl: order.callbackUrl,
    entityId: settings.entityId,
    minimumLoa: order.minimumLoa,
    freshLogin: order.freshLogin,
    ...(settings.providerName === undefined ? {} : { providerName: settings.providerName }),
  })
  return {
    action: sendMessage(
      { field: 'SAMLRequest', xml, id, url: endpoint.url, relayState: order.handle },
      binding,
      keys.signer,
    ),
    pending: {
      requestId: id,
      issuedAt: issuedAt.toISOString(),
      issuer: metadata.entityId,
      ...(demandsFreshLogin(profile, order.freshLogin) ? { freshLogin: 'yes' } : {}),
    },
  }
}
