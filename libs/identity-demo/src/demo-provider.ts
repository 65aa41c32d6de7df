import { reachesLoa, type Identity, type IdentityOutcome, type IdentityProvider } from '@emrex-gateway/core'
import { cancelValue, type DemoPerson, type DemoSettings } from './demo-settings.js'

const handleField = 'state'
const personField = 'person'

/** The login of `demoIdentityPlugin`, without its guard. */
export function demoProvider(settings: DemoSettings, id: string, now: () => Date): IdentityProvider {
  const { people, cancel, loa } = settings
  return {
    info: {
      id,
      kind: settings.kind,
      label: settings.label,
      countries: [settings.country],
      bestLoa: loa,
      delivers: [...new Set(people.flatMap(({ identifiers }) => identifiers.map(({ scheme }) => scheme)))],
      deliversBirthDate: people.some(({ birthDate }) => birthDate !== undefined),
    },

    async begin(order) {
      return {
        action: {
          kind: 'choice',
          url: order.callbackUrl,
          title: settings.label,
          intro: 'Everybody here is invented. Pick who you want to be.',
          field: personField,
          fields: { [handleField]: order.handle },
          options: people.map((person) => ({
            value: person.id,
            label: `${person.given} ${person.family}`.trim(),
            ...(person.note === undefined ? {} : { detail: person.note }),
          })),
          ...(cancel ? { cancelValue } : {}),
        },
        pending: { handle: order.handle },
      }
    },

    correlate: (message) => message.form.get(handleField),

    async complete(message, pending, order): Promise<IdentityOutcome> {
      const handle = message.form.get(handleField)
      if (handle === undefined || handle !== pending['handle']) return refuse('invalid-message', 'handle-unknown')
      const chosen = message.form.get(personField)
      if (cancel && chosen === cancelValue) return refuse('cancelled', 'cancelled')
      const person = people.find((one) => one.id === chosen)
      if (person === undefined) return refuse('invalid-message', 'person-unknown')
      if (!reachesLoa(loa, order.minimumLoa)) return refuse('loa-too-low', loa)
      return { ok: true, identity: identityOf(person, settings, id, now()) }
    },
  }
}

const refuse = (reason: 'invalid-message' | 'cancelled' | 'loa-too-low', detail: string): IdentityOutcome => ({
  ok: false,
  reason,
  detail,
})

function identityOf(person: DemoPerson, settings: DemoSettings, provider: string, at: Date): Identity {
  const { given, family, birthName, birthDate } = person
  return {
    provider,
    issuer: `demo:${settings.country}`,
    subject: person.id,
    loa: settings.loa,
    authenticatedAt: at.toISOString(),
    names: [
      { given, family, kind: 'current' },
      ...(birthName === undefined ? [] : [{ given, family: birthName, kind: 'birth' } as const]),
    ],
    ...(birthDate === undefined ? {} : { birthDate: { value: birthDate, precision: 'day' } as const }),
    identifiers: person.identifiers.map((identifier) => ({ ...identifier, persistence: 'lifelong' })),
    roles: person.roles,
  }
}
