import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readElmo } from '@emrex-gateway/elmo'
import { describeWith, describeWithShared } from '@emrex-gateway/testing'
import { carryStory, ncpIds, stories } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { evidenceOf } from '../evidence-of.js'
import { OutsideSmp } from '../outside-smp.js'
import { TownUnderTest } from '../town-under-test.js'

jest.setTimeout(240_000)

let under: TownUnderTest
let outside: OutsideSmp
let sent: readonly Uint8Array[]

/** Every document that the NCPs of the town handed over in the last ten minutes. */
async function sentDocuments(): Promise<Uint8Array[]> {
  const found: Uint8Array[] = []
  for (const ncp of ncpIds) {
    const { transfers } = under.ncp(ncp)
    for (const { id } of await transfers.list({ entry: ncp, states: ['sent'] }))
      found.push((await transfers.body(id, 'document'))!)
  }
  return found
}

beforeAll(async () => {
  under = await TownUnderTest.start()
  outside = await OutsideSmp.start(under)
  for (const story of stories) await carryStory(story, under.town.smpUrl(story.home))
  sent = await sentDocuments()
})
afterAll(async () => {
  await outside.stop()
  await under.stop()
})

describe('7. Every outgoing ELMO validates against the official schema.', () => {
  it('holds by our own table for every document that a story sent', () => {
    expect(sent).toHaveLength(stories.filter(({ expected }) => expected.ncp === 'COMPLETED').length)
    for (const xml of sent) expect(readElmo(xml).problems).toEqual([])
  })

  it('stops a result that breaks the table before anything is signed or sent, and ends with a reason', async () => {
    const guest = await outside.toChoice('poland', 'ingrid')
    // As a release before this one may have read them: now a system that gives such a thing is a gap at once.
    const { transfers } = under.ncp('poland')
    const transfer = (await transfers.load(guest.transferId))!
    const read = Buffer.from((await transfers.body(guest.transferId, 'results'))!).toString()
    expect(read).toContain('"date":"2025-01-20"')
    const bytes = Buffer.from(read.replaceAll('"date":"2025-01-20"', '"date":"20.01.2025"'))
    const putBodies = [{ name: 'results', bytes, expiresAt: transfer.expiresAt }]
    await transfers.save(transfer, { state: transfer.state }, { putBodies })
    const lines = under.lines.length
    await guest.browser.press('Show what will be sent')
    expect(guest.browser.heading).toBe('The results have an unknown form')
    expect(await outside.documentOf(guest)).toBeUndefined()
    const { code, events } = await evidenceOf(under, guest.transferId)
    expect(code).toBe('DOC_SCHEMA')
    expect(events).not.toContain('results.selected')
    const told = under.lines.slice(lines).filter((line) => line.includes('"document.broken"'))
    expect(told).toEqual([expect.stringContaining('learningOpportunityInstance')])
    expect(told.join()).not.toContain('20.01.2025')

    await guest.browser.press(`Back to ${outside.host}`)
    const returnMessage = 'The results could not be fetched (DOC_SCHEMA).'
    const { sessionId } = guest.request
    expect(outside.answersTo(guest)).toEqual([{ sessionId, returnCode: 'NCP_ERROR', returnMessage, elmo: '' }])
  })

  it('sends a result without its day where the database holds one that no date of XML can say', async () => {
    const setDay = (day: string) =>
      under.atUniversity('zielonobrzeg', (knex) => knex('study_result').where({ code: 'S1Inf1>BAZ' }).update({ day }))
    await setDay('0000-01-01')
    const guest = await outside.toChoice('poland', 'ingrid')
    await guest.browser.press('Show what will be sent')
    expect(guest.browser.heading).toBe('Check what will be sent')
    const { elmo, problems } = readElmo((await outside.documentOf(guest))!)
    expect(problems).toEqual([])
    const dates = elmo.reports.flatMap((report) =>
      report.learningOpportunitySpecification!.map(({ instance }) => instance.date),
    )
    expect(dates).toEqual(['2025-01-20', undefined, '2025-06-18'])
    await setDay('2025-01-20')
  })

  describeWithShared(describe, 'Every outgoing ELMO validates: xmllint', (shared) => {
    describeWith(describe, 'xmllint', 'and the official schema', () => {
      const schema = join(shared, 'elmo/schemas/v1.7.0/schema.xsd')
      const validate = (documents: readonly (string | Uint8Array)[]): readonly string[] => {
        const folder = mkdtempSync(join(tmpdir(), 'emrex-sent-'))
        const files = documents.map((_, index) => join(folder, `${index}.xml`))
        files.forEach((file, index) => writeFileSync(file, documents[index]!))
        const { stderr, error } = spawnSync('xmllint', ['--nonet', '--noout', '--huge', '--schema', schema, ...files], {
          encoding: 'utf8',
          maxBuffer: 64 * 1024 * 1024,
        })
        rmSync(folder, { recursive: true })
        if (error !== undefined) throw error
        return stderr.split('\n').filter((line) => line !== '')
      }

      it('holds for every document that a story sent', () => {
        const said = validate(sent)
        expect(said.filter((line) => !line.endsWith(' validates'))).toEqual([])
        expect(said).toHaveLength(sent.length)
      })

      it('would not hold for one of them without its learner', () => {
        const broken = Buffer.from(sent[0]!)
          .toString()
          .replace(/<learner>[^]*<\/learner>/, '')
        expect(validate([broken]).at(-1)).toMatch(/fails to validate$/)
      })
    })
  })
})
