import type { Subject } from '../identity.js'
import type { Contact, Enrolment, Institution, SisConnection, SisContext } from '../ports/sis-plugin.js'

/** A SIS as a second proof needs it; both parts of a connection can be one. */
export interface ProofSystem {
  readonly id: string
  find(subject: Subject, context: SisContext): Promise<readonly Enrolment[]>
  /** Absent where the SIS tells no institutions, finds nobody by student number, or has no addresses. */
  readonly byNumber?: {
    institutions(context: SisContext): Promise<readonly Institution[]>
    contact(enrolment: Enrolment, context: SisContext): Promise<Contact>
  }
}

/** The part of a connection that gives results, where it has one. */
export function proofSystemOfSource({ id, source }: SisConnection): ProofSystem | undefined {
  if (source === undefined) return undefined
  const find = (subject: Subject, context: SisContext) => source.find(subject, context)
  if (source.contact === undefined || !source.can.findBy.includes('learnerId')) return { id, find }
  return {
    id,
    find,
    byNumber: {
      institutions: (context) => source.institutions(context),
      contact: (enrolment, context) => source.contact!(enrolment, context),
    },
  }
}

/** The part of a connection that takes results, where it has one. */
export function proofSystemOfTarget({ id, target }: SisConnection): ProofSystem | undefined {
  if (target === undefined) return undefined
  const find = (subject: Subject, context: SisContext) => target.match(subject, context)
  if (target.contact === undefined || target.institutions === undefined) return { id, find }
  return {
    id,
    find,
    byNumber: {
      institutions: (context) => target.institutions!(context),
      contact: (enrolment, context) => target.contact!(enrolment, context),
    },
  }
}
