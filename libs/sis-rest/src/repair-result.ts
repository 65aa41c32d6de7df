import { plainTextOfHtml, xmlText, type Notice } from '@emrex-gateway/core'
import type { LangString, LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { repairInstance, type InstanceRules } from './repair-instance.js'

export interface ResultRules extends InstanceRules {
  /** The language of titles where all are marked `en`, whatever they are. */
  readonly titleLanguage?: string | undefined
}

/** One result and its parts, repaired; see `repairReport`. */
export function repairResult(
  { identifier = [], title, description, descriptionHtml, parts, instance, ...rest }: LearningOpportunitySpecification,
  rules: ResultRules,
  notices: Notice[],
): LearningOpportunitySpecification {
  const named = identifier.filter(({ value }) => value !== '')
  const identifiers = named.map((one) => (one.type === '' ? { ...one, type: 'local' } : one))
  const code = identifiers.find(({ type }) => type === 'local')?.value
  const detail = code === undefined ? {} : { detail: code }
  if (named.some(({ type }) => type === '')) notices.push({ notice: 'repaired', detail: 'identifier type' })
  const titles = title.flatMap((one) => repairTitle(one, code, title.length, rules, notices))
  const [name] = titles
  if (code === undefined)
    notices.push({ notice: 'code-missing', ...(name === undefined ? {} : { detail: name.value }) })
  if (name === undefined) notices.push({ notice: 'title-missing', ...detail })
  const text = description ?? descriptionHtml?.map(({ value, ...lang }) => ({ ...lang, value: plainTextOfHtml(value) }))
  const texts = text?.filter(({ value }) => value !== '') ?? []
  return {
    ...rest,
    ...(identifiers.length === 0 ? {} : { identifier: identifiers }),
    title: titles.length > 0 ? titles : [{ value: code ?? '' }],
    ...(texts.length === 0 ? {} : { description: texts }),
    instance: repairInstance(instance, rules, detail, notices),
    ...(parts === undefined ? {} : { parts: parts.map((part) => repairResult(part, rules, notices)) }),
  }
}

function repairTitle(
  { value, lang }: LangString,
  code: string | undefined,
  count: number,
  { titleLanguage }: ResultRules,
  notices: Notice[],
): LangString[] {
  const text = xmlText(value)
  if (text === undefined) return []
  const plain = code === undefined ? text : withoutCode(text, code)
  if (plain !== text) notices.push({ notice: 'repaired', detail: 'title' })
  const language = titleLanguage !== undefined && count === 1 ? titleLanguage : lang
  return [language === undefined ? { value: plain } : { value: plain, lang: language }]
}

/** `MAT1 Algebra`, `MAT1: Algebra`, `MAT1 - Algebra` and `Algebra (MAT1)` are all called Algebra. */
function withoutCode(title: string, code: string): string {
  if (title.endsWith(` (${code})`)) return title.slice(0, -code.length - 3).trim() || title
  if (!title.startsWith(code)) return title
  const separated = /^(?:\s*[:–-]\s+|\s+)(\S.*)$/.exec(title.slice(code.length))
  return separated?.[1] ?? title
}
