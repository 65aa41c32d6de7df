import { describeWith, PlainBrowser, startPostgres, type DatabaseServer } from '@emrex-gateway/testing'
import { acceptButton, carryStory, carryToReview, waitForImport, stories } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { evidenceOf, transferIdOf } from '../evidence-of.js'
import { expectedImports } from '../expected-imports.js'
import { storyOf } from '../town-under-test.js'
import { TownOfTwo } from './town-on-postgres.js'

jest.setTimeout(120_000)

/** Some that import, and others that end in other ways; the rest is the same road. */
const handful = ['ordinary', 'some-of-them', 'cancelled', 'no-results', 'twin', 'two-universities', 'too-little']
const carried = stories.filter(({ id }) => handful.includes(id))

describeWith(describe, 'postgresql', 'two instances on one PostgreSQL, without sticky sessions', () => {
  let server: DatabaseServer
  let two: TownOfTwo
  beforeAll(async () => {
    server = await startPostgres()
    two = await TownOfTwo.start(server)
  })
  afterAll(async () => {
    await two?.stop()
    await server.close()
  })

  it.each(carried.map((story) => [story.id, story] as const))(
    'end as it says, however the requests fall: %s',
    async (id, story) => {
      const { under, balancer } = two
      const before = (await under.imports(story.home)).length
      const asked = new Map(balancer.counts)
      const browser = await carryStory(story, under.town.smpUrl(story.home))
      expect((await evidenceOf(under, transferIdOf(browser))).code).toBe(story.expected.smp)
      const imports = (await under.imports(story.home)).slice(before)
      expect(imports.map(({ items }) => items.length)).toEqual(
        expectedImports[id] === undefined ? [] : [expectedImports[id].length],
      )
      for (const [port, count] of balancer.counts) expect(count).toBeGreaterThan(asked.get(port)!)
    },
  )

  it('accept a sessionId once, though two answers to it arrive at both at the same moment', async () => {
    const { under } = two
    const asked = await under.ask(storyOf('ordinary'))
    const elmo = under.packed(under.elmoFor(asked.story.student), asked.story.ncp)
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => under.answer(asked, { elmo }, new PlainBrowser()).then(({ status }) => status)),
    )
    expect(answers.every((status) => status < 500)).toBe(true)
    const received = (await under.audit(asked.transferId)).filter(({ event }) => event === 'answer.received')
    expect(received).toHaveLength(1)
  })

  it('tidy in turns: one of them, once in each turn', async () => {
    const { under, second } = two
    const both = [under.town.background, second.background]
    for (const minutes of [1, 1]) {
      // Nobody has had a turn of then yet.
      under.putForward(minutes)
      const turns = await Promise.all([...both, ...both].map((each) => each.tidyInTurn()))
      expect(turns.filter(Boolean)).toHaveLength(1)
    }
  })

  it('deliver what was decided once, though both work on it', async () => {
    const { under, second } = two
    const story = storyOf('ordinary')
    const before = (await under.imports(story.home)).length
    const browser = await carryToReview(story, under.town.smpUrl(story.home))
    const id = transferIdOf(browser)
    await browser.press(acceptButton)
    for (let round = 0; round < 5; round++)
      await Promise.all([under.town.background, second.background].map((each) => each.deliver()))
    // The workers look by themselves, too: one of them may still be at it.
    await waitForImport(browser)
    const lines = await under.audit(id)
    expect(lines.filter(({ event }) => event === 'import.delivered')).toHaveLength(1)
    expect((await under.imports(story.home)).slice(before)).toHaveLength(1)
  })
})
