import type { Confidence } from '@emrex-gateway/core'
import type { SamlProfile } from '../profile.js'

/** One line for everything in a profile that its operator has not confirmed. */
export function unconfirmedOf({ attributes, levels, nameId, notes, response }: SamlProfile): readonly string[] {
  const line = (what: string, known: Confidence) => ('confirm' in known ? [`${what}: ${known.confirm}`] : [])
  return [
    ...attributes.flatMap(({ names, known }) => line(`attribute ${names.join(' or ')}`, known)),
    ...levels.flatMap(({ value, known }) => line(`level ${value}`, known)),
    ...(nameId === undefined ? [] : line('NameID', nameId.known)),
    ...notes.flatMap((note) => line(note.text, note)),
    ...Object.entries(response.relax ?? {}).map(
      ([name, { reason, until }]) => `relaxed ${name}${until === undefined ? '' : ` until ${until}`}: ${reason}`,
    ),
  ]
}
