import type { Pending } from '@emrex-gateway/core'
import type { SessionName } from '../messages/create-logout.js'
import type { AssertedFacts } from '../validate/response-outcome.js'

/** What a logout has to say later; undefined when the login gave no name to say it by. */
export function sessionOf({ nameId, sessionIndex }: AssertedFacts): Pending | undefined {
  if (nameId === undefined) return undefined
  const { value, ...qualifiers } = nameId
  return { nameId: value, ...qualifiers, ...(sessionIndex === undefined ? {} : { sessionIndex }) }
}

export function sessionName(session: Pending): SessionName | undefined {
  const { nameId, format, nameQualifier, spNameQualifier, sessionIndex } = session
  if (nameId === undefined) return undefined
  return {
    nameId,
    ...(format === undefined ? {} : { format }),
    ...(nameQualifier === undefined ? {} : { nameQualifier }),
    ...(spNameQualifier === undefined ? {} : { spNameQualifier }),
    ...(sessionIndex === undefined ? {} : { sessionIndex }),
  }
}
