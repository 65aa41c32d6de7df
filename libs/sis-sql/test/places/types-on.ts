import type { Subject } from '@emrex-gateway/core'
import { sisErrorOf } from '../../src/sis-error-of.js'
import { context } from './contract-on.js'
import type { Place } from './place.js'
import { withConnection } from './with-connection.js'

const esi = (end: string): Subject => ({
  claims: [{ type: 'esi', value: `urn:schac:personalUniqueCode:int:esi:${end}` }],
})
const want = { failed: false, inProgress: false }

/** Views of somebody who did not cast anything: keys as long numbers, days as dates, flags as booleans. */
const statements = (bytes: string): readonly string[] => [
  `create table typ_institution (institution_code varchar(20), title varchar(100))`,
  `insert into typ_institution values ('U', 'Uni')`,
  `create table typ_person (person_key bigint, institution_code varchar(20), given_names varchar(100),
     family_name varchar(100), birth_date date, esi varchar(100), protected boolean)`,
  ...[
    [12345678901234567n, 'x.example:a1', false],
    [12345678901234568n, 'x.example:A1', false],
    [3, 'x.example:c', true],
    [4, 'x.example:d', false],
  ].map(
    ([key, end, isProtected]) =>
      `insert into typ_person values (${String(key)}, 'U', 'Bo', 'Tomsson', '2000-02-29',
         'urn:schac:personalUniqueCode:int:esi:${String(end)}', ${String(isProtected)})`,
  ),
  `create table typ_result (person_key bigint, institution_code varchar(20), result_key bigint, code varchar(20),
     title varchar(100), status varchar(20), date timestamp, credits numeric(8,3), recognised boolean, term varchar(20),
     term_start date, term_end date, engagement_hours double precision)`,
  `insert into typ_result values (12345678901234567, 'U', 9007199254740993, 'R-1', 'One', 'passed', '2024-03-31 23:30:00',
     7.500, false, 'Spring', '2024-01-01', '2024-06-30', 37.5)`,
  `insert into typ_result values (12345678901234568, 'U', 1234567890123456, 'R-2', 'Two', 'passed', '2024-01-01 00:00:00',
     0.000, true, null, null, null, null)`,
  `insert into typ_result values (4, 'U', 9, 'R-4', 'Four', 'passed', '2024-01-01 00:00:00', 1, false, null, null, null,
     sqrt(2))`,
  `create table typ_attachment (person_key bigint, attachment_key bigint, content ${bytes})`,
  `insert into typ_attachment (person_key, attachment_key) values (12345678901234567, 1)`,
]

/** Keys of a database that compares them as it likes: two people, and what belongs to each. */
const lettersStatements = (bytes: string): readonly string[] => [
  `create table let_institution (institution_code varchar(20), title varchar(100))`,
  `insert into let_institution values ('U', 'Uni'), ('u', 'Another')`,
  `create table let_person (person_key varchar(20), institution_code varchar(20), given_names varchar(100),
     family_name varchar(100), esi varchar(100), email varchar(100))`,
  `create table let_result (person_key varchar(20), institution_code varchar(20), result_key varchar(20),
     code varchar(20), title varchar(100), status varchar(20), date varchar(20), grading_scheme varchar(20))`,
  `create table let_grading_scheme (institution_code varchar(20), scheme varchar(20), label varchar(20))`,
  `create table let_attachment (person_key varchar(20), attachment_key varchar(20), content ${bytes})`,
  ...['P', 'p'].flatMap((key) => [
    `insert into let_person values ('${key}', 'U', 'Bo', 'Tomsson', 'urn:schac:personalUniqueCode:int:esi:${key}', '${key}@u.example')`,
    `insert into let_person values ('${key}', 'u', 'Bo', 'Tomsson', 'urn:schac:personalUniqueCode:int:esi:${key}', null)`,
    `insert into let_result values ('${key}', 'U', 'r-${key}', 'R-${key}', 'One', 'passed', '2024-01-01', 's')`,
    `insert into let_result values ('${key}', 'u', 'u-${key}', 'U-${key}', 'One', 'passed', '2024-01-01', 's')`,
    `insert into let_attachment (person_key, attachment_key, content) values ('${key}', 'a-${key}', 'bytes')`,
  ]),
  `insert into let_grading_scheme values ('U', 's', 'right'), ('u', 's', 'wrong'), ('U', 'S', 'wrong')`,
]

/** What the drivers make of a server's own types. */
export function typesOn(name: string, place: () => Place, bytes: string): void {
  describe(`types of ${name}`, () => {
    beforeAll(async () => {
      for (const statement of statements(bytes)) await place().owner.raw(statement)
    }, 60_000)

    const other = { prefix: 'typ_', views: ['institution', 'person', 'result', 'attachment'] }
    const read = (subject: Subject) =>
      withConnection(place(), { other }, async ({ source }) => {
        const found = await source!.find(subject, context)
        const results = []
        const notices = []
        for (const enrolment of found)
          for await (const item of source!.reports(enrolment, want, context, subject))
            if ('notice' in item) notices.push(item)
            else results.push(...item.learningOpportunitySpecification!)
        return { found, results, notices }
      })

    it('reads days, decimals and long numbers exactly, and takes no neighbour for the person', async () => {
      const { found, results, notices } = await read(esi('x.example:a1'))
      expect(found.map(({ person, learner }) => [person, learner.bday])).toEqual([['12345678901234567', '2000-02-29']])
      expect(results.map(({ instance }) => instance)).toEqual([
        {
          date: '2024-03-31',
          status: 'passed',
          credit: [{ scheme: 'ects', value: '7.5' }],
          academicTerm: { title: [{ value: 'Spring' }], start: '2024-01-01', end: '2024-06-30' },
          engagementHours: '37.5',
        },
      ])
      expect(notices).toEqual([{ notice: 'attachment-missing-or-too-large' }])
    }, 60_000)

    it('reads zero, and flags', async () => {
      const { found, results, notices } = await read(esi('x.example:A1'))
      expect(found.map(({ person }) => person)).toEqual(['12345678901234568'])
      expect(results[0]!.instance.credit).toEqual([{ scheme: 'ects', value: '0' }])
      expect(notices).toEqual([{ notice: 'recognised-elsewhere', detail: 'R-2' }])
      await expect(read(esi('x.example:c'))).rejects.toMatchObject({ name: 'SisError', kind: 'forbidden' })
    }, 60_000)

    it('refuses a binary fraction that is not exact', async () => {
      const error = sisErrorOf(await read(esi('x.example:d')).catch((thrown: unknown) => thrown), 'university')
      expect(error).toMatchObject({ kind: 'bad-data' })
      expect(error.message).toContain('column engagement_hours of view typ_result is a number too long to be exact')
    }, 60_000)

    it('takes a key in other letters for another key', async () => {
      for (const statement of lettersStatements(bytes)) await place().owner.raw(statement)
      const views = ['institution', 'person', 'result', 'grading_scheme', 'attachment']
      const visit = { other: { prefix: 'let_', views }, more: { institutionCodes: ['U'] } }
      await withConnection(place(), visit, async ({ source }) => {
        for (const [key, another] of ['Pp', 'pP']) {
          const found = await source!.find(esi(key!), context)
          expect(found.map(({ person, institution }) => [person, institution.title])).toEqual([[key, 'Uni']])
          expect(await source!.contact!(found[0]!, context)).toEqual({ email: `${key}@u.example` })
          const items = []
          for await (const item of source!.reports(found[0]!, want, context, esi(key!))) items.push(item)
          expect(items).toMatchObject([
            {
              issuer: { title: [{ value: 'Uni' }] },
              learningOpportunitySpecification: [{ identifier: [{ type: 'local', value: `R-${key}` }] }],
              gradingScheme: [{ localId: 's', description: [{ value: 'right' }] }],
              lazyAttachments: [{ key: `a-${key}` }],
            },
          ])
          const other = { id: `U/a-${another}`, key: `a-${another}`, mediaType: 'application/pdf' }
          const reading = source!.openAttachment!(found[0]!, other, context)[Symbol.asyncIterator]()
          await expect(reading.next()).rejects.toMatchObject({ kind: 'bad-data' })
        }
      })
    }, 60_000)

    it('takes claims for values, whatever is in them', async () => {
      for (const end of [`' or 1=1 -- `, `\\' or 1=1 -- `, '%', '?', '\u0000', '\\', `x.example:a1' or '1'='1`])
        expect((await read(esi(end))).found).toEqual([])
    }, 60_000)
  })
}
