import type { Want } from '@emrex-gateway/core'
import { listResults, type Elmo, type RawXml, type ResultNode } from '@emrex-gateway/elmo'
import type { ReceiverWishes } from './ncp-transfer.js'

const namespace = 'https://github.com/MUCI/emrex-elmo-extensions/tree/stable-v1'

/** What is read from the sources: what the entry gives, and failed results as the receiver wishes. */
export const wantOf = (want: Want, wishes: ReceiverWishes = {}): Want =>
  wishes.allowNotPassedCourses === undefined ? want : { ...want, failed: wishes.allowNotPassedCourses }

/** Ids of the results that are sent: those that the person picked, or all where the receiver wants everything or nothing. */
export const chosenBy = (
  wishes: ReceiverWishes | undefined,
  elmo: Elmo,
  picked: ReadonlySet<string>,
): ReadonlySet<string> => (wishes?.allowToPickCourses === false ? everyId(listResults(elmo).flat()) : picked)

const everyId = (nodes: readonly ResultNode[]): ReadonlySet<string> =>
  new Set(nodes.flatMap(({ id, parts }) => [id, ...everyId(parts)]))

/**
 * What the receiver wished, told back in the document, with the defaults of what it did not say. Undefined where it
 * wished nothing.
 *
 * Spec: emrex-elmo-extensions (Poland), `globalMeta` in `/elmo/extension`.
 */
export function echoOf(wishes: ReceiverWishes | undefined): RawXml | undefined {
  if (wishes === undefined) return undefined
  const { allowToPickCourses = true, allowNotPassedCourses = false } = wishes
  return (
    `<globalMeta xmlns="${namespace}"><usoswebVersion>emrex-gateway</usoswebVersion><extraNcpRequestParams>` +
    `<allowToPickCourses>${allowToPickCourses}</allowToPickCourses>` +
    `<allowNotPassedCourses>${allowNotPassedCourses}</allowNotPassedCourses>` +
    '</extraNcpRequestParams></globalMeta>'
  )
}
