import { claimsOf, reachesLoa, type Claim, type Identity, type PersonIdentifier } from '../identity.js'
import type { PendingLogin } from '../login-step.js'
import { areOnePerson, decideLookup } from '../matching/decide-lookup.js'
import { isLinkUsable, weighEnrolment, weighFoundOtherwise } from '../matching/weigh-enrolment.js'
import { defaults } from '../numbers.js'
import type { LinkProof, LoginLink } from '../ports/login-links.js'
import type { Enrolment } from '../ports/sis-plugin.js'
import { reasonOf } from '../emrex-error.js'
import { errorFacts } from '../error-facts.js'
import { hashCode, isCode, newCode } from './one-time-code.js'
import { isPlainAddress, maskEmail } from './mask-email.js'
import { waysOf, type ProofAnswer, type ShownProof } from './proof-answer.js'
import type { ProofDesk } from './proof-desk.js'
import type {
  ProofOutcome,
  ProofPlace,
  ProofRefusal,
  ProofStep,
  ProofStepOf,
  ProofWays,
  ShownLink,
} from './proof-step.js'
import type { ProofSystem } from './proof-system.js'

/** What a link is worth now: the link, and the student that the SIS knows by it. */
export interface FoundLink {
  readonly link: LoginLink
  readonly enrolments: readonly Enrolment[]
}

/**
 * The second proof of people whose login does not suffice: a code to the address that the SIS has on file, or a login that
 * proves a student. The outcome is a link in the store.
 *
 * Guaranteed: whether a student number exists shows in no answer and in no waiting time. The look-up and the mail happen
 * after the answer; the number is looked up again only for whoever typed the right code.
 *
 * Spec: docs/person-matching.md, "The second proof".
 */
export class SecondProof {
  private readonly running = new Set<Promise<void>>()

  constructor(private readonly desk: ProofDesk) {}

  /** The link of this login in a SIS, unless the level that is demanded has risen since. @throws {SisError} */
  async linked(identity: Identity, systemId: string): Promise<FoundLink | undefined> {
    const link = await this.desk.store.links.find(identity, systemId)
    if (link === undefined || !reachesLoa(link.loa, this.desk.minimumLoa)) return undefined
    const { person, institution } = link.student
    const found = await this.system(systemId).find({ claims: link.claims }, this.desk.context())
    const isNamed = (one: Enrolment) => one.person === person && one.institution.code === institution
    const named = found.filter(isNamed)
    // Without the very record that was linked, and that still holds, nothing says whose the others are.
    const holds = named.some((one) => isLinkUsable(identity, one))
    const others = holds ? found.filter((one) => !isNamed(one) && isProvenBy(link, identity, one)) : []
    const all = [...named, ...others]
    return { link, enrolments: areOnePerson(all) ? all : named }
  }

  /** The ways in which this login can be given a second proof at these SISs. A SIS that does not answer has none. */
  async ways(identity: Identity, systems: readonly string[]): Promise<ProofWays> {
    if (isNewEveryTime(identity)) return { systems, places: [], logins: [] }
    const places = (await Promise.all(systems.map((id) => this.placesOf(this.system(id))))).flat()
    const logins = this.desk.logins
      .filter(({ info }) => (info.kind === 'student' || info.kind === 'federation') && info.id !== identity.provider)
      // It is ordered at the level that is demanded here.
      .filter(({ info }) => reachesLoa(info.bestLoa, this.desk.minimumLoa))
      .map(({ info }) => ({ id: info.id, label: info.label }))
    return { systems, places, logins }
  }

  async canAsk(identity: Identity, systemId: string): Promise<boolean> {
    const { places, logins } = await this.ways(identity, [systemId])
    return places.length + logins.length > 0
  }

  /** What the person did. An answer that does not fit the step, from another tab, leads to the ways. */
  async answer(identity: Identity, step: ProofStep, answer: ProofAnswer): Promise<ProofOutcome> {
    if (answer.did === 'number') return this.number(identity, step, answer.place, answer.number)
    if (answer.did === 'code' && step.step === 'code') return this.code(identity, step, answer.code)
    return answer.did === 'no-access' ? refused(step, 'no-access') : { step: waysOf(step) }
  }

  /**
   * The person told a student number. A code goes out if there is such a student with an address, who can be this person;
   * the answer is the same for every number.
   */
  private async number(
    identity: Identity,
    { systems, places, logins }: ProofWays,
    placeIndex: string,
    typed: string,
  ): Promise<ProofOutcome> {
    const kept: ProofWays = { systems, places, logins }
    const place = places[places.length === 1 ? 0 : Number.parseInt(placeIndex, 10)]
    const number = typed.trim().normalize('NFC')
    if (place === undefined || number === '' || number.length > defaults.studentNumberMaxLength)
      return { step: { ...kept, step: 'ways', mistake: 'number' } }
    if (!(await this.desk.store.attempts.count(identity, place.system, 'asked'))) return refused(kept, 'locked')
    if (await this.desk.store.attempts.isLocked(identity, place.system, 'typed')) return refused(kept, 'locked')
    const [code, salt] = [newCode(), this.desk.randomId()]
    this.aside(() => this.sendCode(identity, place, number, code))
    const until = this.desk.now().getTime() + defaults.proofCodeMinutes * 60_000
    const hash = hashCode(code, salt)
    return { step: { ...kept, step: 'code', place, number, hash, salt, until, triesLeft: defaults.proofCodeTries } }
  }

  /** The person typed a code. It is counted before it is judged, so that many at once do not make more than three. */
  private async code(
    identity: Identity,
    { mistake: _, ...step }: ProofStepOf<'code'>,
    typed: string,
  ): Promise<ProofOutcome> {
    const { systems, places, logins, place, number, hash, salt, until, triesLeft } = step
    const kept: ProofWays = { systems, places, logins }
    if (!(await this.desk.store.attempts.count(identity, place.system, 'typed'))) return refused(kept, 'locked')
    const isRight = isCode(typed, hash, salt) && this.desk.now().getTime() < until
    const look = () => this.studentOf(identity, place, number)
    const student = isRight ? await this.unlessItFails(identity, place.system, look) : undefined
    if (student !== undefined) {
      const proof: LinkProof = { by: 'code', sentTo: student.sentTo }
      return (await this.link(identity, place.system, student, proof)) ?? refused(kept, 'other-login-linked')
    }
    if (await this.desk.store.attempts.isLocked(identity, place.system, 'typed')) return refused(kept, 'locked')
    if (triesLeft <= 1 || this.desk.now().getTime() >= until)
      return { step: { ...kept, step: 'ways', mistake: 'code-over' } }
    return { step: { ...step, triesLeft: triesLeft - 1, mistake: 'code' } }
  }

  /**
   * The person logged in with another login, too: does it prove a student whom the first login can be? Each SIS that asks is
   * looked into and linked: whoever is found in one is asked about the others no more. One that is down, or locked, keeps
   * nobody from the others.
   * @throws {SisError} when one was down, and no other has such a student
   */
  async login(identity: Identity, kept: ProofWays, second: Identity): Promise<ProofOutcome> {
    const failures: unknown[] = []
    const refusals: ProofRefusal[] = []
    let proven: ProofOutcome | undefined
    for (const systemId of kept.systems)
      try {
        const student = await this.studentOfLogin(identity, systemId, second)
        if (student === undefined) continue
        if (student === 'locked') refusals.push('locked')
        else {
          const linked = await this.link(identity, systemId, student, { by: 'login', login: second.provider })
          if (linked === undefined) refusals.push('other-login-linked')
          proven ??= linked
        }
      } catch (error) {
        // Our own database was away: that is no failure of the system.
        if (reasonOf(error) === 'STORE_UNAVAILABLE') throw error
        failures.push(error)
      }
    if (proven !== undefined) return proven
    if (refusals[0] !== undefined) return refused(kept, refusals[0])
    if (failures.length > 0) throw failures[0]
    return refused(kept, 'login-does-not-fit')
  }

  async unlink(id: string): Promise<void> {
    await this.desk.store.links.remove(id)
  }

  /** Resolves when every code that is on its way was handed over, or failed. */
  async settled(): Promise<void> {
    await Promise.all([...this.running])
  }

  /** Looks into a SIS. Where that fails, the attempt was not judged: who tries while the SIS is down is not locked for it. */
  private async unlessItFails<T>(identity: Identity, system: string, look: () => Promise<T>): Promise<T> {
    try {
      return await look()
    } catch (error) {
      await this.desk.store.attempts.giveBack(identity, system, 'typed').catch(() => {})
      throw error
    }
  }

  private async link(
    identity: Identity,
    system: string,
    { enrolment, claims, tier1 }: Proven,
    proof: LinkProof,
  ): Promise<ProofOutcome | undefined> {
    const student = { person: enrolment.person, institution: enrolment.institution.code }
    const { links, attempts } = this.desk.store
    const link = await links.add(identity, system, { student, claims, proof, loa: identity.loa }, { tier1 })
    if (link === undefined) return undefined
    await attempts.forget(identity, system)
    return { proven: proof.by }
  }

  /** The student whom the other login proves, where the first one can be that person. @throws {SisError} */
  private async studentOfLogin(
    identity: Identity,
    systemId: string,
    second: Identity,
  ): Promise<Proven | 'locked' | undefined> {
    if (!(await this.desk.store.attempts.count(identity, systemId, 'typed'))) return 'locked'
    const { claims } = claimsOf(second)
    const look = () => this.system(systemId).find({ claims }, this.desk.context())
    const decided = decideLookup(second, await this.unlessItFails(identity, systemId, look))
    if (!('found' in decided) || !decided.found.every((one) => isPossible(identity, one))) return undefined
    const [enrolment] = decided.found
    const weight = weighEnrolment(second, enrolment)
    const searched = claims.filter(({ type }) => type === 'nationalId' || type === 'esi' || type === 'learnerId')
    return { enrolment, claims: searched, tier1: weight.weight === 'proven' && weight.tier === 1 }
  }

  /** The one student with this number who can be the person and has an address. @throws {SisError} */
  private async studentOf(
    identity: Identity,
    { system: id, institution, scheme }: ProofPlace,
    number: string,
  ): Promise<(Proven & { readonly email: string; readonly sentTo: string }) | undefined> {
    const system = this.system(id)
    const claims: readonly Claim[] = [{ type: 'learnerId', scheme, value: number }]
    const found = await system.find({ claims }, this.desk.context())
    const here = found.filter((one) => one.institution.code === institution)
    const [enrolment] = here
    if (enrolment === undefined || !areOnePerson(here) || !isPossible(identity, enrolment)) return undefined
    const { email } = (await system.byNumber?.contact(enrolment, this.desk.context())) ?? {}
    if (email === undefined || !isPlainAddress(email)) return undefined
    return { enrolment, claims, tier1: false, email, sentTo: maskEmail(email) }
  }

  private async sendCode(identity: Identity, place: ProofPlace, number: string, code: string): Promise<void> {
    const student = await this.studentOf(identity, place, number)
    if (student === undefined) return
    const mail = this.desk.mail!
    await mail.sender.send({ to: student.email, ...mail.write(code, defaults.proofCodeMinutes) })
  }

  /** Begins after the answer went out: what the look-up takes must not show in the time of the answer. */
  private aside(work: () => Promise<void>): void {
    const run = new Promise((begin) => setTimeout(begin, defaults.proofMailDelayMilliseconds))
      .then(work)
      // What fails is told to the operator, and not to the person: nobody else's number fails so.
      .catch((error: unknown) => {
        this.desk.log.warn('proof.unsent', { entry: this.desk.entry, code: reasonOf(error) })
      })
      .finally(() => this.running.delete(run))
    this.running.add(run)
  }

  private async placesOf({ id, byNumber }: ProofSystem): Promise<ProofPlace[]> {
    if (byNumber === undefined || this.desk.mail === undefined) return []
    try {
      const institutions = await byNumber.institutions(this.desk.context())
      return institutions.flatMap(({ code, title, schac, hasContacts = false }) =>
        hasContacts && schac !== undefined ? [{ system: id, institution: code, title, scheme: schac }] : [],
      )
    } catch (error) {
      this.desk.log.warn('sis.failed', {
        ...{ entry: this.desk.entry, connection: id, code: reasonOf(error) },
        ...errorFacts(error),
      })
      return []
    }
  }

  private system(id: string): ProofSystem {
    const system = this.desk.systems.find((one) => one.id === id)
    if (system === undefined) throw new Error('a second proof for a SIS that the entry does not have')
    return system
  }
}

interface Proven {
  readonly enrolment: Enrolment
  readonly claims: readonly Claim[]
  readonly tier1: boolean
}

/** A subject that is another one at every login can be linked to nothing, and would never be locked. */
const isNewEveryTime = ({ subject, isPassing, identifiers }: Identity): boolean =>
  isPassing === true ||
  subject === '' ||
  identifiers.some(({ value, persistence }) => persistence === 'session' && value === subject)

/** Names and birth date of the login do not speak against the student. */
const isPossible = (identity: Identity, enrolment: Enrolment): boolean => {
  const { weight } = weighFoundOtherwise(identity, enrolment)
  return weight === 'proven' || weight === 'not-enough'
}

/**
 * Whether a number that the other login told, and that a whole country gives, proves this record as well: a SIS may have the
 * student at several institutions. A number of one institution proves nothing at the next.
 */
const isProvenBy = ({ claims }: LoginLink, identity: Identity, enrolment: Enrolment): boolean => {
  const told = claims.flatMap((claim): PersonIdentifier[] => {
    if (claim.type === 'nationalId')
      return [{ scheme: `national:${claim.country}`, value: claim.value, persistence: 'lifelong' }]
    const isLearnerId = claim.type === 'learnerId' && claim.scheme === 'learner-id'
    return isLearnerId ? [{ scheme: 'learner-id', value: claim.value, persistence: 'lifelong' }] : []
  })
  const identifiers = [...identity.identifiers, ...told]
  return weighEnrolment({ ...identity, identifiers }, enrolment).weight === 'proven'
}

const refused = (kept: ProofWays, why: ProofRefusal): ProofOutcome => {
  const { systems, places, logins } = kept
  return { step: { systems, places, logins, step: 'refused', why } }
}

/** The login that a step of a second proof waits for. */
export const proofLoginOf = (step: ProofStep): PendingLogin | undefined =>
  step.step === 'login' ? step.login : undefined

/** What the person may see of a step; of a login that they left, the ways beside it. */
export function shownProof(step: ProofStep): ShownProof {
  if (step.step === 'refused') return { step: 'refused', why: step.why, logins: step.logins }
  if (step.step === 'code') {
    const mistake = step.mistake === undefined ? {} : { mistake: step.mistake }
    return { step: 'code', place: step.place.title, minutes: defaults.proofCodeMinutes, ...mistake }
  }
  const mistake = step.step === 'login' || step.mistake === undefined ? {} : { mistake: step.mistake }
  return { step: 'ways', places: step.places.map(({ title }) => title), logins: step.logins, ...mistake }
}

/** What the person may see of a link. */
export const shownLink = ({ link, enrolments }: FoundLink, login: string): ShownLink => ({
  id: link.id,
  login,
  institution: enrolments[0]?.institution.title ?? '',
  since: new Date(link.linkedAt).toISOString(),
  ...(link.proof.by === 'code' ? { sentTo: link.proof.sentTo } : {}),
})
