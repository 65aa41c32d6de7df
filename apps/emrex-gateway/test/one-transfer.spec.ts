import { jest } from '@jest/globals'
import { sqliteDrivers } from '@emrex-gateway/knex-sqlite'
import { carryStory } from '@emrex-gateway/town'
import { storyOf, TownUnderTest } from './town-under-test.js'

jest.setTimeout(120_000)

/**
 * One whole transfer through both roles, from the login at home to the student system. `.ci/run` repeats it on every
 * release of Node that the gateway runs on.
 */
describe(`one whole transfer on Node ${process.versions.node}`, () => {
  let under: TownUnderTest
  beforeAll(async () => {
    under = await TownUnderTest.start()
  })
  afterAll(() => under.stop())

  it('has a driver for SQLite without a compiled part, where Node brings one', () => {
    const [major = 0] = process.versions.node.split('.').map(Number)
    const drivers = sqliteDrivers()
    expect(drivers.length).toBeGreaterThan(0)
    if (major >= 22) expect(drivers).toContain('node:sqlite')
  })

  it('brings the results home exactly once', async () => {
    const story = storyOf('ordinary')
    expect(await under.imports(story.home)).toEqual([])
    await carryStory(story, under.town.smpUrl(story.home))
    const imports = await under.imports(story.home)
    expect(imports).toHaveLength(1)
    expect(imports[0]!.items.length).toBeGreaterThan(0)
  })
})
