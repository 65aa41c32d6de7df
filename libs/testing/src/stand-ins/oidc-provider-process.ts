import { generateKeyPairSync, randomBytes, type JsonWebKey } from 'node:crypto'
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { TLSSocket } from 'node:tls'
import { Provider, type ClientMetadata, type Configuration, type JWK } from 'oidc-provider'
import { oidcPeople, type OidcPerson } from './oidc-people.js'
import { escapeHtml, page } from './self-posting-page.js'
import type { OidcClient, OidcProviderOptions } from './start-oidc-provider.js'

/** What `startOidcProvider` says to this process; each message is answered with one of its own `id`. */
export type OidcProviderOrder =
  | { readonly id: number; readonly kind: 'start'; readonly options: OidcProviderOptions }
  | { readonly id: number; readonly kind: 'register'; readonly client: OidcClient }
  | { readonly id: number; readonly kind: 'rotate-keys' }
  | { readonly id: number; readonly kind: 'asked' }

let options: OidcProviderOptions = {}
let people: readonly OidcPerson[] = oidcPeople
const clients: OidcClient[] = []
let keys = signingKeys()
const asked: string[] = []
let issuer = ''
let current: Provider | undefined

process.on('message', (order: OidcProviderOrder) => {
  obey(order).then(
    (answer) => process.send?.({ id: order.id, answer }),
    (error: unknown) => process.send?.({ id: order.id, failed: String(error) }),
  )
})
process.on('disconnect', () => process.exit())

async function obey(order: OidcProviderOrder): Promise<unknown> {
  switch (order.kind) {
    case 'start':
      options = order.options
      people = options.people ?? oidcPeople
      clients.push(...(options.clients ?? []))
      issuer = await listen()
      break
    case 'register':
      clients.push(order.client)
      break
    case 'rotate-keys':
      keys = signingKeys()
      break
    case 'asked':
      return asked
  }
  current = makeProvider()
  return issuer
}

/** Resolves with the issuer. */
async function listen(): Promise<string> {
  const { tls, host = '127.0.0.1', port: wanted = 0 } = options
  const server = tls
    ? createTlsServer(
        {
          key: tls.privateKey,
          cert: tls.certificate,
          ca: [...tls.clientAuthorities],
          requestCert: true,
          rejectUnauthorized: true,
        },
        answer,
      )
    : createPlainServer(answer)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(wanted, '127.0.0.1', resolve)
  })
  return `${tls ? 'https' : 'http'}://${host}:${(server.address() as AddressInfo).port}`
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://loopback.invalid')
  asked.push(`${request.method ?? ''} ${pathname}`)
  if (current === undefined) response.writeHead(503).end()
  else if (!pathname.startsWith('/interaction/')) void current.callback()(request, response)
  else
    interact(current, request, response).catch((error: unknown) => {
      const text = escapeHtml(error instanceof Error ? error.message : 'unknown')
      response.writeHead(400, htmlType).end(page('This login is not under way any more', `<p>${text}</p>`))
    })
}

const htmlType = { 'content-type': 'text/html; charset=utf-8' }

function signingKeys(): JWK[] {
  const make = (key: JsonWebKey, alg: string) =>
    ({ ...key, alg, use: 'sig', kid: randomBytes(8).toString('hex') }) as unknown as JWK
  return [
    make(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), 'RS256'),
    make(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), 'ES256'),
  ]
}

function configuration(): Configuration {
  const claimNames = [...new Set(people.flatMap(({ claims }) => Object.keys(claims)))]
  return {
    clients: clients as unknown as ClientMetadata[],
    jwks: { keys },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    acrValues: [...(options.levels ?? ['level-substantial', 'level-low', 'level-high'])],
    claims: { openid: ['sub'], profile: claimNames },
    scopes: ['openid', 'profile'],
    findAccount: (_context, id) => {
      const person = people.find((one) => one.id === id)
      return person && { accountId: id, claims: async () => ({ ...person.claims, sub: id }) }
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    ...(options.tls && { clientAuthMethods: ['private_key_jwt', 'tls_client_auth'] }),
    // A test may be a minute ahead of the clock, to see keys change.
    clockTolerance: 120,
    pkce: { required: () => true },
    ttl: { Session: 3600, Interaction: 600, Grant: 600, AccessToken: 300, AuthorizationCode: 60, IdToken: 600 },
    features: {
      devInteractions: { enabled: false },
      jwtUserinfo: { enabled: true },
      pushedAuthorizationRequests: {
        enabled: true,
        requirePushedAuthorizationRequests: options.requirePushedRequests ?? false,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          const button = '<button type="submit" form="op.logoutForm" name="logout" value="yes">Log out</button>'
          context.body = page('Log out?', form.replace('</form>', `${button}</form>`))
        },
      },
      ...(options.tls && {
        mTLS: {
          enabled: true,
          tlsClientAuth: true,
          selfSignedTlsClientAuth: true,
          getCertificate: (context) => (context.socket as TLSSocket).getPeerX509Certificate()?.toString() ?? undefined,
          certificateAuthorized: (context) => (context.socket as TLSSocket).authorized,
          certificateSubjectMatches: (context, _property, expected) =>
            (context.socket as TLSSocket).getPeerX509Certificate()?.subject.split('\n').join(', ') === expected,
        },
      }),
    },
    // Everybody agrees to everything: consent is no subject of these tests.
    loadExistingGrant: async (context) => {
      const { client, session, provider } = context.oidc
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! })
      grant.addOIDCScope('openid profile')
      grant.addOIDCClaims(claimNames)
      await grant.save()
      return grant
    },
    renderError: (context, out) => {
      context.type = 'html'
      context.body = page('The login failed', `<p>${escapeHtml(out.error)}</p>`)
    },
  }
}

function makeProvider(): Provider {
  const provider = new Provider(issuer, configuration())
  const endsAfter = (context: { oidc: { account?: { accountId: string } } }): number =>
    people.find(({ id }) => id === context.oidc.account?.accountId)?.isExpired ? -3600 : 600
  Object.assign(provider.IdToken, { expiresIn: endsAfter })
  return provider
}

async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { params } = await provider.interactionDetails(request, response)
  if (request.method !== 'POST') {
    const choices = people.map(
      ({ id, label, note = '' }) =>
        `<p><button type="submit" name="person" value="${escapeHtml(id)}">${escapeHtml(label)}</button> ${escapeHtml(note)}</p>`,
    )
    const cancel = '<p><button type="submit" name="cancel" value="yes">Cancel</button></p>'
    const form = `<form method="post">\n${[...choices, cancel].join('\n')}\n</form>`
    response.writeHead(200, htmlType).end(page('Log in as somebody invented', form))
    return
  }
  const form = new URLSearchParams((await buffer(request)).toString('utf8'))
  const person = people.find(({ id }) => id === form.get('person'))
  const result = person
    ? { login: { accountId: person.id, remember: false, ...levelOf(person, params) } }
    : { error: 'access_denied', error_description: 'Somebody invented <b>cancelled</b>' }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

function levelOf(person: OidcPerson, params: Readonly<Record<string, unknown>>): { acr?: string } {
  const asked = typeof params['acr_values'] === 'string' ? params['acr_values'].split(' ')[0] : undefined
  const acr = person.acr ?? asked
  return acr === undefined ? {} : { acr }
}
