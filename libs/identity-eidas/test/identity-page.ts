import type { ClaimRule, Confidence } from '@emrex-gateway/core'
import { infoOf, profiles, type EidasProfile } from '../src/index.js'
import { statementsOf } from '../src/unconfirmed-of.js'
import { rulesOf } from '../src/info-of.js'

const mark = '<!-- what follows is written from the profiles'

/** What of the page is written by hand: up to the line that says where the rest comes from. */
export function handWritten(page: string): string {
  const at = page.indexOf(mark)
  if (at < 0) throw new Error('the page does not say where the written part begins')
  return page.slice(0, page.indexOf('\n', at) + 1)
}

const cell = (text: string) => text.replaceAll('|', '\\|')
const row = (...cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |\n`
const code = (text: string) => `\`${text}\``
const list = (texts: readonly string[]) => (texts.length === 0 ? '–' : texts.map(code).join(', '))

/** The part of docs/identity.md that the profiles give; unformatted. */
export const writtenFromProfiles = (): string => ['', summary(), ...profiles.map(section)].join('\n')

const summary = () =>
  row('Profile', 'Country', 'Protocol', 'Identifiers', 'Birth date', 'Best level', 'Unconfirmed') +
  row('---', '---', '---', '---', '---', '---', '---') +
  profiles
    .map((profile) => {
      const { countries, delivers, deliversBirthDate, bestLoa } = infoOf(profile)
      const open = statementsOf(profile).filter(({ known }) => 'confirm' in known).length
      return row(
        code(profile.id),
        countries.join(' ') || '–',
        protocolOf(profile),
        list(delivers),
        deliversBirthDate ? 'yes' : 'no',
        bestLoa,
        `${open} of ${statementsOf(profile).length}`,
      )
    })
    .join('')

const protocolOf = (profile: EidasProfile) =>
  profile.protocol === 'oidc'
    ? `OpenID Connect, ${profile.clientAuth}`
    : `SAML, request by ${profile.request.binding}, answer by ${profile.response.binding}`

function section(profile: EidasProfile): string {
  const levels = profile.levels.map(({ value, loa, onlyWith, known }) =>
    row(code(value), onlyWith === undefined ? loa : `${loa}, only with ${code(onlyWith)}`, confidence(known)),
  )
  const relaxed = Object.entries(profile.protocol === 'saml' ? (profile.response.relax ?? {}) : {})
  return [
    `### ${profile.label} (${code(profile.id)})\n`,
    row('Claim', 'Gives', 'Known') + row('---', '---', '---') + rulesOf(profile).map(claimRow).join(''),
    levels.length === 0 ? '' : row('Level', 'Worth', 'Known') + row('---', '---', '---') + levels.join(''),
    ...profile.notes.map((note) => `- ${note.text.replace(/\.$/, '')}. ${confidence(note)}`),
    ...relaxed.map(
      ([name, { reason, until }]) =>
        `- Relaxed: ${code(name)}${until === undefined ? '' : ` until ${until}`}. ${reason}.`,
    ),
    '',
  ].join('\n')
}

const claimRow = (rule: ClaimRule) => row(rule.names.map(code).join(' or '), givesOf(rule), confidence(rule.known))

function givesOf({ gives, scheme, form, prefix, onlyWhen, required }: ClaimRule): string {
  const ofForm = { 'eidas-person-identifier': 'eidas', 'schac-personal-unique-code': 'esi' } as Readonly<
    Record<string, string>
  >
  const what = gives === 'identifier' ? (scheme ?? ofForm[form ?? ''] ?? 'the subject, of one session') : gives
  return [
    what,
    ...(prefix === undefined ? [] : [`behind ${code(prefix)}`]),
    ...(onlyWhen === undefined
      ? []
      : [`only where ${code(onlyWhen.name)} is ${onlyWhen.values.map(code).join(' or ')}`]),
    ...(required === true ? ['required'] : []),
  ].join(', ')
}

const confidence = (known: Confidence) =>
  'source' in known ? `Source: ${known.source}` : `**Unconfirmed:** ${known.confirm}`
