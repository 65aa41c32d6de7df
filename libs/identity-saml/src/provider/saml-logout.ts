import { EmrexError, type HandOff, type InboundMessage, type ProviderLogout } from '@emrex-gateway/core'
import { createLogoutRequest, createLogoutResponse } from '../messages/create-logout.js'
import { readLogoutRequest, type LogoutRequest } from '../messages/read-logout-request.js'
import { readLogoutResponse } from '../messages/read-logout-response.js'
import { sendMessage } from '../messages/send-message.js'
import type { Endpoint, IdentityProviderMetadata } from '../metadata/identity-provider-metadata.js'
import { SamlRefusal } from '../saml-refusal.js'
import type { SamlParts } from './saml-parts.js'
import { sessionName } from './session-of.js'

const maxRelayStateBytes = 80

/**
 * Logout in both directions. Our own session has ended before, whatever comes of this: the answer to our request changes
 * nothing more, and a request of the login is answered.
 *
 * Spec: SAML 2.0 Profiles, section 4.4.
 */
export function samlLogout(parts: SamlParts, binding: 'post' | 'redirect'): ProviderLogout {
  const { settings, profile, host, keys, watch } = parts

  const sent = (destination: string) => ({
    id: `_${host.randomId()}`,
    issuedAt: host.now(),
    destination,
    entityId: settings.entityId,
    ...(profile.request.issuer === undefined ? {} : { issuer: profile.request.issuer }),
  })

  return {
    async begin(session) {
      const name = sessionName(session)
      const endpoint = endpointOf(await watch.current(), binding)
      if (name === undefined || endpoint === undefined)
        throw new EmrexError('LOGIN_UNAVAILABLE', 'the session of the login cannot be ended from here')
      const facts = sent(endpoint.url)
      const xml = createLogoutRequest(facts, name)
      return sendMessage({ field: 'SAMLRequest', xml, id: facts.id, url: endpoint.url }, binding, keys.signer)
    },

    async receive(message) {
      const isRequest =
        message.form.has('SAMLRequest') ||
        (message.method === 'GET' && new URL(message.url).searchParams.has('SAMLRequest'))
      try {
        // The answer to ours, asked for or not: what there was to end here has ended.
        if (!isRequest) return readLogoutResponse(message) === false ? { isLeft: false } : {}
        const metadata = await watch.current()
        const request = readLogoutRequest(message, profile, metadata)
        const outcome = (await isGood(request, message)) ? 'Success' : 'Requester'
        const reply = answer(request, metadata, outcome)
        return reply === undefined ? {} : { reply }
      } catch (error) {
        const isExpected = error instanceof SamlRefusal || error instanceof EmrexError
        if (!isExpected) throw error
        const detail = error instanceof SamlRefusal ? error.detail : error.code
        host.log.warn('login.logout-refused', { login: parts.id, detail })
        return { isLeft: false }
      }
    },
  }

  async function isGood(request: LogoutRequest, message: InboundMessage): Promise<boolean> {
    const now = host.now().getTime()
    const { skewSeconds, maxLifetimeSeconds } = profile.response
    const skew = skewSeconds * 1000
    const oldest = now - maxLifetimeSeconds * 1000 - skew
    const until = request.notOnOrAfter ?? request.issuedAt + maxLifetimeSeconds * 1000
    const isInTime = request.issuedAt <= now + skew && request.issuedAt > oldest && until > now - skew
    const isForUs = request.destination === message.url.split('?')[0]
    if (!isInTime || !isForUs || !request.isNamed) return false
    return host.once(`saml-logout:${parts.id}`, request.id, new Date(Math.max(until, now) + 2 * skew + 1000))
  }

  function answer(
    request: LogoutRequest,
    metadata: IdentityProviderMetadata,
    outcome: 'Success' | 'Requester',
  ): HandOff | undefined {
    const endpoint = endpointOf(metadata, binding)
    if (endpoint === undefined) return undefined
    const url = endpoint.responseUrl ?? endpoint.url
    const facts = sent(url)
    const xml = createLogoutResponse(facts, request.id, outcome)
    const { relayState } = request
    const isBorne = relayState !== undefined && Buffer.byteLength(relayState) <= maxRelayStateBytes
    return sendMessage(
      { field: 'SAMLResponse', xml, id: facts.id, url, ...(isBorne ? { relayState } : {}) },
      endpoint.binding === 'redirect' ? 'redirect' : 'post',
      keys.signer,
    )
  }
}

/** By the binding of the profile. */
export function endpointOf(metadata: IdentityProviderMetadata, binding: 'post' | 'redirect'): Endpoint | undefined {
  return metadata.singleLogout.find((one) => one.binding === binding)
}
