import type { IdentityOutcome, LoginOrder } from '@emrex-gateway/core'
import { invented } from '../test/invented.js'
import { demoProvider } from './demo-provider.js'
import { demoSettings } from './demo-settings.js'

const order: LoginOrder = {
  handle: 'h1',
  callbackUrl: 'http://localhost:4000/ncp/one/login/callback',
  minimumLoa: 'none',
  freshLogin: false,
  language: 'en',
}
const at = new Date('2026-01-02T03:04:05Z')

async function logIn(
  form: Record<string, string>,
  more: object = {},
  ordered: Partial<LoginOrder> = {},
): Promise<IdentityOutcome> {
  const provider = demoProvider(demoSettings.parse({ ...invented, ...more }), 'town', () => at)
  const { pending } = await provider.begin({ ...order, ...ordered })
  const message = { method: 'POST' as const, url: order.callbackUrl, form: new Map(Object.entries(form)) }
  return provider.complete(message, pending, { ...order, ...ordered })
}

describe('demoProvider', () => {
  it('asks who you want to be, with a note for each person and a way out', async () => {
    const provider = demoProvider(demoSettings.parse(invented), 'town', () => at)
    expect((await provider.begin(order)).action).toMatchObject({
      kind: 'choice',
      url: order.callbackUrl,
      title: 'Town login',
      fields: { state: 'h1' },
      options: [
        { value: 'ada', label: 'Ada Marie Nordmann-Prøve', detail: 'Has zero credits' },
        { value: 'sol', label: 'Sol Byråd' },
      ],
      cancelValue: 'cancel',
    })
  })

  it('gives everything that the settings say about the person, and nothing else', async () => {
    expect(await logIn({ state: 'h1', person: 'ada' })).toEqual({
      ok: true,
      identity: {
        provider: 'town',
        issuer: 'demo:NO',
        subject: 'ada',
        loa: 'substantial',
        authenticatedAt: '2026-01-02T03:04:05.000Z',
        names: [
          { given: 'Ada Marie', family: 'Nordmann-Prøve', kind: 'current' },
          { given: 'Ada Marie', family: 'Tomsen', kind: 'birth' },
        ],
        birthDate: { value: '1989-06-05', precision: 'day' },
        identifiers: [
          { scheme: 'national:NO', value: '05068907693', persistence: 'lifelong' },
          { scheme: 'esi', value: 'urn:schac:personalUniqueCode:int:esi:fjell.example:1', persistence: 'lifelong' },
        ],
        roles: [],
      },
    })
    expect(await logIn({ state: 'h1', person: 'sol' })).toMatchObject({
      identity: { roles: ['staff'], identifiers: [] },
    })
  })

  it('has no way out where the settings have none', async () => {
    const provider = demoProvider(demoSettings.parse({ ...invented, cancel: false }), 'town', () => at)
    expect((await provider.begin(order)).action).not.toHaveProperty('cancelValue')
    expect(await logIn({ state: 'h1', person: 'cancel' }, { cancel: false })).toMatchObject({
      reason: 'invalid-message',
    })
  })

  it('refuses a form without a person', async () => {
    expect(await logIn({ state: 'h1' })).toMatchObject({ ok: false, reason: 'invalid-message' })
  })

  it('is too weak when more is ordered than it pretends to be', async () => {
    const person = { state: 'h1', person: 'ada' }
    expect(await logIn(person, {}, { minimumLoa: 'high' })).toMatchObject({ ok: false, reason: 'loa-too-low' })
    expect(await logIn(person, {}, { minimumLoa: 'substantial' })).toMatchObject({ ok: true })
    expect(await logIn(person, { loa: 'none' }, { minimumLoa: 'low' })).toMatchObject({ reason: 'loa-too-low' })
  })
})

describe('demoSettings', () => {
  const accepts = (more: object): boolean => demoSettings.safeParse({ ...invented, ...more }).success
  const person = { id: 'x', given: 'X', family: 'Y' }

  it('refuses two people with one id, an id that means cancel, and fields that it does not know', () => {
    expect(accepts({ people: [person] })).toBe(true)
    expect(accepts({ people: [person, person] })).toBe(false)
    expect(accepts({ people: [{ ...person, id: 'cancel' }] })).toBe(false)
    expect(accepts({ people: [{ ...person, password: 'x' }] })).toBe(false)
    expect(accepts({ people: [] })).toBe(false)
    expect(accepts({ people: [{ ...person, identifiers: [{ scheme: 'passport', value: '1' }] }] })).toBe(false)
  })
})
