import { TownUnderTest } from './town-under-test.js'

let under: TownUnderTest
beforeAll(async () => {
  under = await TownUnderTest.start()
}, 180_000)
afterAll(() => under.stop(), 60_000)

const day = 24 * 60
const warnings = () =>
  under.lines
    .map((line) => JSON.parse(line) as { event: string; use: string; name: string; daysLeft: number })
    .filter(({ event }) => event.startsWith('certificate.'))
    .map(({ event, use, name, daysLeft }) => `${event} ${use} ${name} ${daysLeft}`)
const ready = async () => {
  const answer = await fetch(new URL('/health/ready', under.town.smpUrl('x')))
  return ((await answer.json()) as { certificates: { ending: number } }).certificates.ending
}

describe('the end of a certificate', () => {
  it('is announced 60, 30 and 7 days before and once it is there, for those we sign and those we verify with', async () => {
    const { certificates, ncps, smps } = under.town.gateway
    // The town's certificates live a year, and each NCP of it stands in its catalogue as well.
    expect(await ready()).toBe(0)
    const seen: string[][] = []
    for (const daysFurther of [305.5, 1, 29, 23, 7]) {
      under.putForward(daysFurther * day)
      const before = warnings().length
      await certificates.announce()
      await certificates.announce()
      seen.push(warnings().slice(before))
    }
    const [at60, at59, at30, at7, ended] = seen
    const of = (lines: string[] | undefined, what: RegExp) => lines?.filter((line) => what.test(line)).length
    expect(of(at60, /^certificate\.ending signing \S+ 59$/)).toBe(ncps.length)
    expect(of(at60, /^certificate\.ending receipts \S+ 59$/)).toBe(smps.length)
    expect(of(at60, /^certificate\.ending registry .+ 59$/)).toBe(ncps.length)
    expect(at59).toEqual([])
    expect(of(at30, /^certificate\.ending signing \S+ 29$/)).toBe(ncps.length)
    expect(of(at7, /^certificate\.ending signing \S+ 6$/)).toBe(ncps.length)
    expect(of(ended, /^certificate\.ended signing \S+ -1$/)).toBe(ncps.length)
    expect(await ready()).toBe(2 * ncps.length + smps.length)
  }, 60_000)
})
