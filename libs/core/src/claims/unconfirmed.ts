import type { Confidence } from './claim-rules.js'

/** Something that the profile of a login says, and whether it is known. */
export interface Statement {
  readonly about: 'claim' | 'level' | 'note'
  readonly text: string
  readonly known: Confidence
}

/** Lines for `config:check`: what nobody has confirmed, and who can. What is to be confirmed with the same words is one line. */
export function unconfirmed(statements: readonly Statement[]): readonly string[] {
  const lines = new Map<string, string[]>()
  for (const { about, text, known } of statements) {
    if (!('confirm' in known)) continue
    lines.set(known.confirm, [...(lines.get(known.confirm) ?? []), about === 'note' ? text : `${about} ${text}`])
  }
  return [...lines].map(([whom, what]) => `${what.join('; ')} – to be confirmed: ${whom}`)
}
