import { join } from 'node:path'
import { importItems } from '@emrex-gateway/core'
import { readElmo, type Elmo } from '@emrex-gateway/elmo'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import {
  describeWith,
  fsDialect,
  ladokDialect,
  restDialect,
  sqlWords,
  usosDialect,
  virtaDialect,
} from '@emrex-gateway/testing'
import { expectedResults, outlinesOf } from '@emrex-gateway/testing/contracts'
import { studentOf, type Dialect, type StudentId } from '@emrex-gateway/testing/population'
import { otherUniversity, populationLoginLabel, type OtherUniversityId } from '@emrex-gateway/town'
import type { Student } from '../browser/student.js'
import { TownInBrowser } from '../browser/town-in-browser.js'

const minuteMs = 60_000

const dialects: Readonly<Record<OtherUniversityId, Dialect>> = {
  norrberg: ladokDialect,
  pierwszy: usosDialect,
  forste: fsDialect,
  suomi: virtaDialect,
  views: sqlWords,
  vendor: restDialect,
}

interface Way {
  readonly from: OtherUniversityId
  readonly to: OtherUniversityId
  readonly student: StudentId
  /** What the page of the choice says that could not be taken over exactly; without it, nothing. */
  readonly losses?: readonly string[]
}

/** From where to where, and who. */
const ways: readonly Way[] = [
  { from: 'norrberg', to: 'views', student: 'ada' },
  {
    ...{ from: 'norrberg', to: 'forste', student: 'gus' },
    losses: [
      'Norrbergs universitet: a result has no course code (Course without a code, French)',
      'Norrbergs universitet: credits are not in ECTS and stay in their own unit (TIM)',
      'Norrbergs universitet: a result was achieved elsewhere and only recognised here (French)',
    ],
  },
  { from: 'norrberg', to: 'views', student: 'fia' },
  {
    ...{ from: 'pierwszy', to: 'norrberg', student: 'ada' },
    losses: ['Uniwersytet Pierwszy: how others did is left out (FEW-1)'],
  },
  {
    ...{ from: 'forste', to: 'pierwszy', student: 'ada' },
    losses: [
      'Universitetet i Første: a result has no date',
      'Universitetet i Første: how others did is left out (FEW-1-1)',
    ],
  },
  {
    ...{ from: 'forste', to: 'pierwszy', student: 'dilan' },
    losses: [
      'Universitetet i Første: a result has no date',
      'Universitetet i Første: a part stands alone, because its course is not there',
    ],
  },
  { from: 'suomi', to: 'views', student: 'cyra' },
  { from: 'views', to: 'norrberg', student: 'eskil' },
  { from: 'views', to: 'pierwszy', student: 'lova' },
  {
    ...{ from: 'views', to: 'forste', student: 'gus' },
    losses: [
      'Universitetet Utsikten: a result was achieved elsewhere and only recognised here (ELSE)',
      'Universitetet Utsikten: credits are not in ECTS and stay in their own unit (HOURS)',
      'Universitetet Utsikten: a result has no course code (Course without a code)',
    ],
  },
  { from: 'views', to: 'forste', student: 'hanna' },
  { from: 'views', to: 'vendor', student: 'dilan' },
  { from: 'vendor', to: 'views', student: 'cyra' },
]

describeWith(describe, 'chromium', 'whole transfers between systems of different kinds, in a real browser', () => {
  let town: TownInBrowser
  beforeAll(async () => {
    town = await TownInBrowser.start({ otherSystems: true })
  }, 3 * minuteMs)
  afterAll(() => town.stop(), minuteMs)

  /** Logs in at the page where a login stands: the demonstration's, or that of USOS. */
  async function logIn(visitor: Student, at: OtherUniversityId, id: StudentId): Promise<void> {
    const student = studentOf(id)
    if (at === 'pierwszy') {
      await visitor.press(town.town.others!.usos.labelOf(student))
      return
    }
    await visitor.sees(populationLoginLabel)
    await visitor.press(`${student.given} ${student.family}`.trim())
  }

  /** Gives what the page of the choice said about losses. */
  async function walkToReview(visitor: Student, { from, to, student }: Way): Promise<readonly string[]> {
    await visitor.page.goto(town.town.smpUrl(to))
    await visitor.pressOnward('Start')
    await logIn(visitor, to, student)
    await visitor.sees('Where are your results?')
    await visitor.pressOnward(`Go to ${otherUniversity(from).title}`)
    await logIn(visitor, from, student)
    await visitor.sees('Choose your results')
    const losses = await visitor.page.locator('details.notice li').allTextContents()
    await visitor.press('Show what will be sent')
    await visitor.sees('Check what will be sent')
    await visitor.pressOnward('Send to')
    await visitor.sees('Your results have arrived')
    return losses
  }

  /** The document that the NCP handed over last. */
  async function sentBy(from: OtherUniversityId): Promise<Elmo> {
    const { transfers } = town.town.gateway.ncps.find(({ entry }) => entry.id === from)!
    const sent = await transfers.list({ entry: from, states: ['sent'] })
    const [last] = [...sent].sort((a, b) => b.updatedAt - a.updatedAt)
    const { elmo, problems } = readElmo((await transfers.body(last!.id, 'document'))!)
    expect(problems).toEqual([])
    return elmo
  }

  /** What was imported last. */
  async function rowsAtViews(student: StudentId) {
    const knex = openSqlite({ file: join(town.town.folder, 'views.sqlite'), readOnly: true })
    try {
      const [person] = await knex('emrex_person')
        .where({ learner_id: studentOf(student).number })
        .pluck('person_key')
      const [last] = await knex('emrex_import')
        .where({ person_key: person as string })
        .orderBy('received_at', 'desc')
        .pluck('delivery_id')
      const rows = await knex('emrex_import_item')
        .where({ delivery_id: last as string })
        .orderBy('item_no')
      return (rows as Record<string, unknown>[]).map(({ delivery_id: _id, ...row }) => row)
    } finally {
      await knex.destroy()
    }
  }

  it.each(ways)(
    '$from to $to: what $student has there arrives field by field',
    async (way) => {
      const { from, to, student } = way
      const visitor = await town.student()
      expect(await walkToReview(visitor, way)).toEqual(way.losses ?? [])
      expect(await visitor.text()).toContain('The document is about you. OK')
      const elmo = await sentBy(from)
      expect(outlinesOf(elmo.reports, dialects[from])).toEqual(expectedResults(studentOf(student), dialects[from]))

      if (to === 'vendor') {
        await visitor.press('Take these results into my record')
        await visitor.sees('Your university has your results')
        const { kept } = town.town.others!.vendor.deliveries
        const arrived = readElmo(kept.at(-1)!.document).elmo
        expect(outlinesOf(arrived.reports, dialects[from])).toEqual(expectedResults(studentOf(student), dialects[from]))
      } else if (to === 'views') {
        await visitor.press('Take these results into my record')
        await visitor.sees('Your university has your results')
        const rows = await rowsAtViews(student)
        expect(rows).toEqual(importItems(elmo))
      } else {
        await visitor.press('Hand these results to the staff')
        await visitor.sees(`Your results were handed to the staff of ${otherUniversity(to).title}`)
        const number = /as case (\d{8})\./.exec(await visitor.text())?.[1]
        const waiting = await town.town.gateway.cases.waiting(to)
        const { id } = waiting.find(({ reference }) => reference === number)!
        const handed = await town.town.gateway.cases.read(to, id)
        expect(outlinesOf(handed!.document.elmo.reports, dialects[from])).toEqual(
          expectedResults(studentOf(student), dialects[from]),
        )
      }
      await visitor.page.context().close()
    },
    2 * minuteMs,
  )
})
