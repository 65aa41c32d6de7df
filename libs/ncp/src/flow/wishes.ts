import type { Want } from '@emrex-gateway/core'
import type { RawXml } from '@emrex-gateway/elmo'
import type { ReceiverWishes } from './ncp-transfer.js'

const namespace = 'https://github.com/MUCI/emrex-elmo-extensions/tree/stable-v1'

/** What is read from the sources: what the entry gives, and failed results as the receiver wishes. */
export const wantOf = (want: Want, wishes: ReceiverWishes = {}): Want =>
  wishes.allowNotPassedCourses === undefined ? want : { ...want, failed: wishes.allowNotPassedCourses }

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
