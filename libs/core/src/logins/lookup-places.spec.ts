import type { Institution } from '../ports/sis-plugin.js'
import { sisContext } from '../sis-context.js'
import { LookupPlaces, type LookupSystem } from './lookup-places.js'

const context = () => sisContext(10, 'test')
const hour = 3_600_000
const at = (title: string): Institution => ({ code: title, title, country: 'NO' })

function system(id: string, institutions: () => Promise<readonly Institution[]>) {
  const asked = { times: 0 }
  const part: LookupSystem['part'] = {
    can: { findBy: ['nationalId'] },
    institutions: () => {
      asked.times += 1
      return institutions()
    },
  }
  return { id, title: `Title of ${id}`, part, asked }
}
const titles = async (places: LookupPlaces, now = 0, patience?: number) =>
  (await places.all(now, context, patience)).map(({ title }) => title)

describe('LookupPlaces', () => {
  it('names the institutions of a SIS, or its title where there is one alone, and asks once an hour', async () => {
    const one = system('one', async () => [at('Own name')])
    const two = system('two', async () => [at('North'), at('South')])
    const places = new LookupPlaces([one, two], false)
    for (const now of [0, hour - 1]) expect(await titles(places, now)).toEqual(['Title of one', 'North', 'South'])
    expect([one.asked.times, two.asked.times]).toEqual([1, 1])
    await titles(places, hour)
    expect([one.asked.times, two.asked.times]).toEqual([2, 2])
  })

  it('knows a SIS that fails by its title, and asks it again, and no other', async () => {
    let isDown = true
    const well = system('well', async () => [at('North'), at('South')])
    const ill = system('ill', () => (isDown ? Promise.reject(new Error('down')) : Promise.resolve([at('A'), at('B')])))
    const places = new LookupPlaces([ill, well], false)
    expect(await titles(places)).toEqual(['Title of ill', 'North', 'South'])
    isDown = false
    expect(await titles(places)).toEqual(['A', 'B', 'North', 'South'])
    expect(well.asked.times).toBe(1)
  })

  it('does not wait longer than it is told for a SIS that is slow, asks it once, and hears it when it answers', async () => {
    let answer = (_: readonly Institution[]) => {}
    const slow = system('slow', () => new Promise((resolve) => (answer = resolve)))
    const places = new LookupPlaces([slow, system('well', async () => [])], false)
    for (const _ of [1, 2, 3]) expect(await titles(places, 0, 10)).toEqual(['Title of slow', 'Title of well'])
    expect(slow.asked.times).toBe(1)
    answer([at('A'), at('B')])
    expect(await titles(places)).toEqual(['A', 'B', 'Title of well'])
  })
})
