import { randomBytes } from 'node:crypto'
import { defaults, type LinkSubject, type LoginLink, type LoginLinks, type NewLink } from '@emrex-gateway/core'
import type { StoreContext } from './store-context.js'

interface LinkRow {
  readonly id: string
  readonly subject_hash: Uint8Array
  readonly student_hash: Uint8Array
  readonly sealed: Uint8Array
  readonly linked_at: number
  readonly used_at: number
  readonly expires_at: number
}

const unusedMs = defaults.linkUnusedDays * 24 * 3_600_000

/** The login of a link is a keyed hash, bound to its SIS; so is the student. What the SIS finds them by is sealed. */
export function loginLinks(context: StoreContext): LoginLinks {
  const { knex, dialect, seal, now } = context
  const subjectHashes = ({ provider, issuer, subject }: LinkSubject, system: string) =>
    seal.hashes(['link-subject', system, provider, issuer, subject])
  const studentHashes = (system: string, { student }: NewLink) =>
    seal.hashes(['link-student', system, student.institution, student.person])
  const place = (id: string) => ['emrex_link', id, 'sealed'] as const
  const ofStudent = (id: string, system: string, link: NewLink) => ({
    student_hash: studentHashes(system, link)[0],
    sealed: seal.seal(place(id), Buffer.from(JSON.stringify(link))),
  })

  return {
    async find(subject, system) {
      const [present, ...previous] = subjectHashes(subject, system)
      const row = await knex<LinkRow>('emrex_link')
        .whereIn('subject_hash', [present, ...previous])
        .where('expires_at', '>', now())
        .first()
      if (row === undefined) return undefined
      const link = JSON.parse(seal.open(place(row.id), row.sealed).toString()) as NewLink
      // One that is used lives on, and would need the key before for good.
      if (!present.equals(row.subject_hash))
        await knex<LinkRow>('emrex_link')
          .where({ id: row.id })
          .update({ subject_hash: present, ...ofStudent(row.id, system, link) })
      return { ...link, id: row.id, linkedAt: Number(row.linked_at), usedAt: Number(row.used_at) }
    },

    async add(subject, system, link, { tier1 }) {
      const at = now()
      const id = randomBytes(16).toString('base64url')
      const [subjects, students] = [subjectHashes(subject, system), studentHashes(system, link)]
      return knex.transaction(async (trx): Promise<LoginLink | undefined> => {
        // Of two logins that are linked at the same moment, one waits here for the other. The write comes before what is
        // read: on SQLite it is the turn.
        await dialect.takeTurn(trx, 'emrex_link')
        await trx<LinkRow>('emrex_link').where('expires_at', '<=', at).delete()
        const others = trx<LinkRow>('emrex_link').whereIn('student_hash', students).whereNotIn('subject_hash', subjects)
        if (!tier1 && (await others.first()) !== undefined) return undefined
        await trx<LinkRow>('emrex_link').whereIn('subject_hash', subjects).delete()
        await trx<LinkRow>('emrex_link').insert({
          id,
          subject_hash: subjects[0],
          ...ofStudent(id, system, link),
          linked_at: at,
          used_at: at,
          expires_at: at + unusedMs,
        })
        return { ...link, id, linkedAt: at, usedAt: at }
      })
    },

    async touch(id) {
      const at = now()
      await knex<LinkRow>('emrex_link')
        .where({ id })
        .update({ used_at: at, expires_at: at + unusedMs })
    },

    async remove(id) {
      await knex<LinkRow>('emrex_link').where({ id }).delete()
    },
  }
}
