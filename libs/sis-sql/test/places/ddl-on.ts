import { studentOf } from '@emrex-gateway/testing/population'
import { ddlStatements, importContract, viewContract } from '../../src/index.js'
import { context, subjectOf } from './contract-on.js'
import type { Place } from './place.js'
import { withConnection } from './with-connection.js'

/** The statements of the generator, and a whole degree, on one kind of database. */
export function ddlOn(name: string, place: () => Place): void {
  describe(`statements for ${name}`, () => {
    it('make views and tables as the contract wants them; nothing but rows is missing', async () => {
      for (const statement of ddlStatements(place().client, 'ddl_')) await place().owner.raw(statement)
      const other = { prefix: 'ddl_', views: Object.keys(viewContract) }
      await withConnection(place(), { role: 'importer', other, more: { target: true } }, async (connection) =>
        expect(await connection.check(context)).toEqual({
          ok: false,
          findings: ['view ddl_institution shows no institution to serve'],
        }),
      )
      const tables = Object.keys(importContract).map((table) => `ddl_${table}`)
      for (const table of tables) expect(await place().owner(table).select()).toEqual([])
    }, 60_000)
  })

  describe(`a Diploma Supplement in ${name}`, () => {
    it('comes from the rows of its sections, nested by number', async () => {
      const degree = await withConnection(place(), {}, async ({ source }) => {
        const subject = subjectOf(studentOf('fia'))
        const [enrolment] = await source!.find(subject, context)
        const want = { failed: false, inProgress: false }
        for await (const item of source!.reports(enrolment!, want, context, subject))
          if (!('notice' in item))
            return item.learningOpportunitySpecification!.find(({ type }) => type === 'Degree Programme')
        return undefined
      })
      expect(degree?.instance.diplomaSupplement).toEqual({
        lang: 'en',
        version: '2018',
        issueDate: '2024-06-14',
        introduction: 'Invented &amp; written for tests.',
        section: [
          {
            number: '2',
            title: 'Information about the qualification',
            section: [{ number: '2.1', title: 'Name', content: { value: 'Bachelor of History' } }],
          },
        ],
      })
    }, 60_000)
  })
}
