import type { SourceReport } from '@emrex-gateway/core'
import type { Identifier, LearningOpportunitySpecification } from '@emrex-gateway/elmo'

/**
 * The report with identifiers of attachments that no report before it has. Each source numbers its own, and by a number
 * that two of them have the paper of one would be read, and sent, as that of the other.
 *
 * @param taken those of the reports before; those of this one come to them.
 */
export function withDistinctAttachments(report: SourceReport, taken: Set<string>): SourceReport {
  const { attachment = [], lazyAttachments = [], learningOpportunitySpecification: results = [] } = report
  // By whatever identifier a result names its paper: systems give it other types than `internal`, too.
  const named = new Set(results.flatMap(refsOf))
  const isName = ({ type, value }: Identifier): boolean => type === 'internal' || named.has(value)
  const own = attachment.flatMap(({ identifier = [] }) => identifier.filter(isName).map(({ value }) => value))
  const renamed = new Map(
    [...new Set(own)].flatMap((id) => {
      const free = freeName(id, (name) => taken.has(name) || (name !== id && own.includes(name)))
      return free === id ? [] : [[id, free] as const]
    }),
  )
  for (const id of own) taken.add(renamed.get(id) ?? id)
  if (renamed.size === 0) return report
  const nameOf = (id: string): string => renamed.get(id) ?? id
  return {
    ...report,
    attachment: attachment.map((one) => ({
      ...one,
      identifier: (one.identifier ?? []).map((id) => (isName(id) ? { ...id, value: nameOf(id.value) } : id)),
    })),
    lazyAttachments: lazyAttachments.map((lazy) => ({ ...lazy, id: nameOf(lazy.id) })),
    learningOpportunitySpecification: results.map((los) => withRefs(los, nameOf)),
  }
}

const refsOf = ({ instance, parts = [] }: LearningOpportunitySpecification): string[] => [
  ...(instance.attachments?.ref ?? []),
  ...parts.flatMap(refsOf),
]

function freeName(id: string, isTaken: (name: string) => boolean): string {
  let name = id
  for (let number = 2; isTaken(name); number += 1) name = `${id}-${number}`
  return name
}

function withRefs(
  { instance, parts, ...los }: LearningOpportunitySpecification,
  nameOf: (id: string) => string,
): LearningOpportunitySpecification {
  const { attachments } = instance
  return {
    ...los,
    instance: attachments?.ref ? { ...instance, attachments: { ref: attachments.ref.map(nameOf) } } : instance,
    ...(parts === undefined ? {} : { parts: parts.map((part) => withRefs(part, nameOf)) }),
  }
}
