import { unconfirmed, type Statement } from '@emrex-gateway/core'
import type { OidcProfile } from './profile.js'

/** All that a profile says, in its order. */
export const oidcStatements = ({ claims, levels, subject, notes }: OidcProfile): readonly Statement[] => [
  ...[...claims, ...(subject === undefined ? [] : [subject])].map(({ names, known }): Statement => ({
    about: 'claim',
    text: names.join(' or '),
    known,
  })),
  ...levels.map(({ value, known }): Statement => ({ about: 'level', text: value, known })),
  ...notes.map((note): Statement => ({ about: 'note', text: note.text, known: note })),
]

/** Lines for `config:check`: what of a profile nobody has confirmed. */
export const oidcUnconfirmed = (profile: OidcProfile): readonly string[] => unconfirmed(oidcStatements(profile))
