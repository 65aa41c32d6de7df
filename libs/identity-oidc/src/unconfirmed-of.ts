import type { Confidence } from '@emrex-gateway/core'
import type { OidcProfile } from './profile.js'

/** One line for everything in a profile that its operator has not confirmed. */
export function unconfirmedOf({ claims, levels, subject, notes }: OidcProfile): readonly string[] {
  const line = (what: string, known: Confidence) => ('confirm' in known ? [`${what}: ${known.confirm}`] : [])
  return [
    ...claims.flatMap(({ names, known }) => line(`claim ${names.join(' or ')}`, known)),
    ...levels.flatMap(({ value, known }) => line(`level ${value}`, known)),
    ...(subject ? line('claim sub', subject.known) : []),
    ...notes.flatMap((note) => line(note.text, note)),
  ]
}
