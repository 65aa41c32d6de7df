import type { Confidence } from '@emrex-gateway/core'
import { rulesOf } from './info-of.js'
import type { EidasProfile } from './profiles/profiles.js'

/** Something that a profile says, and whether it is known. */
export interface Statement {
  readonly about: 'claim' | 'level' | 'note'
  readonly text: string
  readonly known: Confidence
}

/** All that a profile says, in its order. */
export const statementsOf = (profile: EidasProfile): readonly Statement[] => [
  ...rulesOf(profile).map(({ names, known }) => ({ about: 'claim' as const, text: names.join(' or '), known })),
  ...profile.levels.map(({ value, known }) => ({ about: 'level' as const, text: value, known })),
  ...profile.notes.map((note) => ({ about: 'note' as const, text: note.text, known: note })),
]

/**
 * Lines for `config:check`: what of a profile nobody has confirmed, and who can; and where it is less strict than ours are.
 * What is to be confirmed with the same words is one line.
 */
export function unconfirmedOf(profile: EidasProfile): readonly string[] {
  const lines = new Map<string, string[]>()
  for (const { about, text, known } of statementsOf(profile)) {
    if (!('confirm' in known)) continue
    const what = about === 'note' ? text : `${about} ${text}`
    lines.set(known.confirm, [...(lines.get(known.confirm) ?? []), what])
  }
  const relaxed = Object.entries(profile.protocol === 'saml' ? (profile.response.relax ?? {}) : {})
  return [
    ...[...lines].map(([whom, what]) => `${what.join('; ')} – to be confirmed: ${whom}`),
    ...relaxed.map(
      ([name, { reason, until }]) => `relaxed: ${name}${until === undefined ? '' : ` until ${until}`} – ${reason}`,
    ),
  ]
}
