import { RemoteWatch } from './remote-watch.js'

/** Answers when it is told to. */
class Watch extends RemoteWatch<string> {
  asked = 0
  readonly answers: ((metadata: string | undefined) => void)[] = []
  constructor(private readonly clock: { at: number }) {
    super(() => new Date(clock.at))
  }
  protected usable = () => this.known?.metadata
  protected async ask() {
    this.asked++
    const metadata = await new Promise<string | undefined>((resolve) => this.answers.push(resolve))
    if (metadata !== undefined) this.known = { metadata, at: this.clock.at }
  }
}

describe('RemoteWatch', () => {
  it('asks once a minute while nothing is known, and lets whoever comes meanwhile wait for the same answer', async () => {
    const clock = { at: 0 }
    const watch = new Watch(clock)
    const first = watch.current()
    const second = watch.current()
    clock.at += 5_000
    const third = watch.current()
    watch.answers[0]!('here')
    expect(await Promise.all([first, second, third])).toEqual(['here', 'here', 'here'])
    expect(watch.asked).toBe(1)
  })

  it('asks nobody again within a minute of an answer that was of no use', async () => {
    const clock = { at: 0 }
    const watch = new Watch(clock)
    const first = watch.current()
    watch.answers[0]!(undefined)
    await expect(first).rejects.toMatchObject({ code: 'LOGIN_UNAVAILABLE' })
    clock.at += 59_000
    await expect(watch.current()).rejects.toMatchObject({ code: 'LOGIN_UNAVAILABLE' })
    expect(watch.asked).toBe(1)
    clock.at += 1_000
    const later = watch.current()
    watch.answers[1]!('here')
    expect(await later).toBe('here')
  })

  it('asks again when the clock was ahead and is set right: a login is not kept away until it is there again', async () => {
    const clock = { at: 2 * 3_600_000 }
    const watch = new Watch(clock)
    const first = watch.current()
    watch.answers[0]!(undefined)
    await expect(first).rejects.toMatchObject({ code: 'LOGIN_UNAVAILABLE' })
    clock.at = 0
    const later = watch.current()
    watch.answers[1]?.('here')
    expect(await later).toBe('here')
  })
})
