import { unconfirmed, type Statement } from '@emrex-gateway/core'
import type { SamlProfile } from '../profile.js'

/** All that a profile says, in its order. */
export const samlStatements = ({ attributes, levels, nameId, notes }: SamlProfile): readonly Statement[] => [
  ...[...attributes, ...(nameId === undefined ? [] : [nameId])].map(({ names, known }): Statement => ({
    about: 'claim',
    text: names.join(' or '),
    known,
  })),
  ...levels.map(({ value, known }): Statement => ({ about: 'level', text: value, known })),
  ...notes.map((note): Statement => ({ about: 'note', text: note.text, known: note })),
]

/** Lines for `config:check`: what of a profile nobody has confirmed, and where it is less strict than ours are. */
export const samlUnconfirmed = (profile: SamlProfile): readonly string[] => [
  ...unconfirmed(samlStatements(profile)),
  ...Object.entries(profile.response.relax ?? {}).map(
    ([name, { reason, until }]) => `relaxed: ${name}${until === undefined ? '' : ` until ${until}`} – ${reason}`,
  ),
]
