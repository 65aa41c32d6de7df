import { ElmoError } from '../elmo-error.js'
import { listResults, type ResultNode } from '../meaning/list-results.js'
import { opportunityType } from '../meaning/opportunity-type.js'
import type { Elmo } from '../model.js'

/** How far the choice of a person goes. */
export const selectionPolicies = ['pick', 'whole-degree', 'everything'] as const

/**
 * - `pick`: what was chosen, with its parts
 * - `whole-degree`: choosing anything in a degree programme at the top takes the whole programme; Norway shows no part of a
 *   degree alone
 * - `everything`: all results, whatever was chosen; Poland lets the receiving side forbid picking
 */
export type SelectionPolicy = (typeof selectionPolicies)[number]

const isDegree = ({ los }: ResultNode): boolean => opportunityType(los) === 'Degree Programme'

const holdsChosen = ({ id, parts }: ResultNode, chosen: ReadonlySet<string>): boolean =>
  chosen.has(id) || parts.some((part) => holdsChosen(part, chosen))

function topmost(node: ResultNode, chosen: ReadonlySet<string>): string[] {
  return chosen.has(node.id) ? [node.id] : node.parts.flatMap((part) => topmost(part, chosen))
}

function refuseUnknown(trees: readonly ResultNode[], chosen: ReadonlySet<string>): void {
  const ids = new Set<string>()
  const collect = ({ id, parts }: ResultNode): void => {
    ids.add(id)
    parts.forEach(collect)
  }
  trees.forEach(collect)
  if ([...chosen].some((id) => !ids.has(id))) {
    throw new ElmoError('ELMO_SELECTION', 'a chosen id is no result of this document')
  }
}

/**
 * What a policy makes of a choice: the ids, in the order of the document, that `selectResults` is to keep. The topmost
 * alone: the parts of a chosen result come with it. A whole of which all parts were chosen one by one is not chosen: its
 * own grade and credits were not.
 *
 * @throws {ElmoError} ELMO_SELECTION when an id is not one of `listResults`, or the policy leaves nothing to keep
 */
export function resolveChoice(elmo: Elmo, chosen: ReadonlySet<string>, policy: SelectionPolicy): Set<string> {
  const trees = listResults(elmo).flat()
  refuseUnknown(trees, chosen)
  const kept = new Set(
    trees.flatMap((tree) => {
      if (policy === 'everything') return [tree.id]
      if (policy === 'whole-degree' && isDegree(tree) && holdsChosen(tree, chosen)) return [tree.id]
      return topmost(tree, chosen)
    }),
  )
  if (kept.size === 0) throw new ElmoError('ELMO_SELECTION', 'nothing was chosen')
  return kept
}
