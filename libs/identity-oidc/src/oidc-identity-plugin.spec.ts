import { createPrivateKey } from 'node:crypto'
import { recordingHost } from '@emrex-gateway/testing'
import { lyingIssuer, lyingOp } from '../test/lying-op.js'
import { callbackUrl, logoutUrl, makeKeyFolder, settingsFor, type KeyFolder } from '../test/registration.js'
import { oidcIdentityPlugin, oidcProvider, oidcSettings, type OidcProfile } from './index.js'

let keys: KeyFolder
beforeAll(async () => {
  keys = await makeKeyFolder()
})
afterAll(() => keys.remove())

const good = () => ({
  label: 'University of Prøve',
  issuer: lyingIssuer,
  clientId: 'us',
  keyFile: keys.keyFile,
  claims: [{ names: ['family_name'], gives: 'family-name' }],
})

function problems(change: object): string[] {
  const parsed = oidcIdentityPlugin.config.safeParse({ ...good(), ...change })
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

async function create(change: object) {
  const op = await lyingOp()
  const host = recordingHost({ environment: 'production', fetch: op.fetch })
  const settings = settingsFor(lyingIssuer, keys.keyFile, change)
  return oidcIdentityPlugin.create(settings, host, 'one')
}

describe('oidcIdentityPlugin', () => {
  it('says what is wrong with its settings, and where', () => {
    expect(problems({})).toEqual([])
    expect(problems({ issuer: 'login.example' })).toEqual(['issuer: an address such as https://login.example.edu'])
    expect(problems({ issuer: 'https://a.example/?x' })).toEqual(['issuer: an address without "?" and "#"'])
    expect(problems({ claims: [{ names: ['pid'], gives: 'identifier' }] })).toEqual([
      'claims.0.scheme: an identifier needs a scheme, unless its form says it',
    ])
    expect(problems({ claims: [{ names: ['pid'], gives: 'role', form: 'prefixed' }] })).toEqual([
      'claims.0.prefix: the form "prefixed" and a prefix belong together',
    ])
    expect(problems({ furtherHosts: ['https://a.example'] })[0]).toMatch(/^furtherHosts\.0: a host name/)
    expect(problems({ idTokenAlgorithms: ['HS256'] })[0]).toMatch(/^idTokenAlgorithms\.0:/)
    expect(problems({ password: 'x' })[0]).toContain('password')
  })

  it('names the setting that a key or a secret is missing from, and shows nothing of a file', async () => {
    const text = keys.file('text.pem', 'not a key, but something secret')
    const locked = createPrivateKey(keys.signer.privateKey).export({
      ...{ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'sesame' },
    })
    const other = await makeKeyFolder()
    const old = await makeKeyFolder({ notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') })
    const rsa = await makeKeyFolder({ key: { type: 'rsa', bits: 2048 } })
    const tls = { clientAuth: 'tls_client_auth', certificateFile: keys.certificateFile }
    const cases: [object, string][] = [
      [{ keyFile: undefined }, 'settings.keyFile is missing: private_key_jwt needs it'],
      [{ keyFile: '/nowhere/key.pem' }, 'settings.keyFile: cannot read "/nowhere/key.pem" (ENOENT)'],
      [{ keyFile: text }, 'settings.keyFile: the file holds no private key in PEM form'],
      [
        { keyFile: keys.file('locked.pem', locked as string) },
        'settings.keyFile: the key is locked with a passphrase; keep it without one (openssl pkey -in FILE -out OTHER)',
      ],
      [{ keyAlgorithm: 'ES384' }, 'settings.keyAlgorithm: the key of keyFile cannot sign with ES384'],
      [{ clientAuth: 'tls_client_auth' }, 'settings.certificateFile is missing: tls_client_auth needs it'],
      [
        { ...tls, certificateFile: other.certificateFile },
        'settings.certificateFile: the certificate belongs to another key than keyFile',
      ],
      [
        { ...tls, keyFile: old.keyFile, certificateFile: old.certificateFile },
        'settings.certificateFile: the certificate ended on Jan  1 00:00:00 2021 GMT',
      ],
      [{ ...tls, authoritiesFile: text }, 'settings.authoritiesFile: the file holds no certificate in PEM form'],
      [{ clientAuth: 'client_secret_basic' }, 'settings.clientSecret is missing: client_secret_basic needs it'],
    ]
    for (const [change, message] of cases) await expect(create(change)).rejects.toThrow(new Error(message))
    await expect(create(tls)).resolves.toBeDefined()
    await expect(create({ keyFile: rsa.keyFile })).resolves.toBeDefined()
    for (const folder of [other, old, rsa]) folder.remove()
  })

  it('warns of the end of its client certificate', async () => {
    const soon = await makeKeyFolder({ notAfter: new Date(Date.now() + 10 * 86_400_000) })
    const provider = await create({
      clientAuth: 'tls_client_auth',
      keyFile: soon.keyFile,
      certificateFile: soon.certificateFile,
    })
    expect(await provider.refresh!()).toEqual({
      available: true,
      findings: [expect.stringMatching(/^the client certificate ends on \d{4}-\d{2}-\d{2}T/)],
    })
    soon.remove()
  })

  it('tells the operator of the issuer about public keys only', async () => {
    const body = (await (await create({ keyId: 'our-key' })).metadata!({ callbackUrl, logoutUrl })).body
    const { jwks, ...fields } = JSON.parse(body)
    expect(fields).toEqual({
      client_id: 'gateway-under-test',
      application_type: 'web',
      redirect_uris: [callbackUrl],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      scope: 'openid profile',
      token_endpoint_auth_method: 'private_key_jwt',
      post_logout_redirect_uris: [logoutUrl],
    })
    const { d, ...publicPart } = createPrivateKey(keys.signer.privateKey).export({ format: 'jwk' })
    expect(jwks).toEqual({ keys: [{ ...publicPart, kid: 'our-key', alg: 'ES256', use: 'sig' }] })
    expect(body).not.toContain(d)
  })
})

describe('oidcProvider', () => {
  it('takes a profile, and says what of it nobody has confirmed', async () => {
    const op = await lyingOp()
    const profile: OidcProfile = {
      protocol: 'oidc',
      id: 'xx-example',
      kind: 'eid',
      label: 'Example eID',
      countries: ['NO'],
      scopes: ['openid', 'profile'],
      clientAuth: 'private_key_jwt',
      pushedRequests: 'when-offered',
      userinfo: 'json',
      askLevelBy: 'claims',
      levels: [{ value: 'level-high', loa: 'high', known: { confirm: 'ask the operator' } }],
      levelFrom: 'acr',
      claims: [
        { names: ['pid'], gives: 'identifier', scheme: 'national:NO', known: { source: 'published' } },
        {
          names: ['eidas_identifier', 'eidas-id'],
          gives: 'identifier',
          form: 'eidas-person-identifier',
          known: { confirm: 'two spellings' },
        },
      ],
      idTokenAlgorithms: ['ES256'],
      notes: [{ text: 'eIDAS is enabled per service', confirm: 'ordered in 2024' }],
    }
    const host = recordingHost({ environment: 'production', fetch: op.fetch })
    const settings = oidcSettings.parse({ issuer: lyingIssuer, clientId: 'us', keyFile: keys.keyFile, label: 'Ours' })
    const provider = await oidcProvider(settings, profile, host, 'no')
    expect(provider.unconfirmed).toEqual([
      'claim eidas_identifier or eidas-id – to be confirmed: two spellings',
      'level level-high – to be confirmed: ask the operator',
      'eIDAS is enabled per service – to be confirmed: ordered in 2024',
    ])
    expect(provider.info).toEqual({
      id: 'no',
      kind: 'eid',
      label: 'Ours',
      countries: ['NO'],
      bestLoa: 'high',
      delivers: ['national:NO', 'eidas'],
      deliversBirthDate: false,
    })
    expect(provider.logout).toBeUndefined()
    const order = { handle: 'h', callbackUrl, minimumLoa: 'high', freshLogin: false, language: 'nb' } as const
    await provider.begin(order)
    const request = op.posted.at(-1)!
    expect(JSON.parse(request.get('claims')!)).toEqual({
      id_token: { acr: { essential: true, values: ['level-high'] } },
    })
    expect([request.get('ui_locales'), request.get('prompt'), request.get('max_age')]).toEqual(['nb', null, null])
  })
})
