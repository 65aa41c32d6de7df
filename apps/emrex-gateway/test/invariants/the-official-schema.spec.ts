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
    const good = await under.atUniversity('zielonobrzeg', async (knex) => {
      const row = (await knex('study_result').where({ code: 'S1Inf1>BAZ' }).first()) as { day: string }
      // A day that databases write for "unknown", and that no XML date can say.
      await knex('study_result').where({ code: 'S1Inf1>BAZ' }).update({ day: '0000-01-01' })
      return row.day
    })
    const guest = await outside.toChoice('poland', 'ingrid')
    const lines = under.lines.length
    await guest.browser.press('Show what will be sent')
    expect(guest.browser.heading).toBe('The results have an unknown form')
    expect(await outside.documentOf(guest)).toBeUndefined()
    const { code, events } = await evidenceOf(under, guest.transferId)
    expect(code).toBe('DOC_SCHEMA')
    expect(events).not.toContain('results.selected')
    const told = under.lines.slice(lines).filter((line) => line.includes('"document.broken"'))
    expect(told).toEqual([expect.stringContaining('learningOpportunityInstance')])
    expect(told.join()).not.toContain('0000-01-01')

    await guest.browser.press(`Back to ${outside.host}`)
    const returnMessage = 'The results could not be fetched (DOC_SCHEMA).'
    const { sessionId } = guest.request
    expect(outside.answersTo(guest)).toEqual([{ sessionId, returnCode: 'NCP_ERROR', returnMessage, elmo: '' }])
    await under.atUniversity('zielonobrzeg', (knex) =>
      knex('study_result').where({ code: 'S1Inf1>BAZ' }).update({ day: good }),
    )
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
