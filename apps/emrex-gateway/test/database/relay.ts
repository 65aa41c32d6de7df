import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A wire to a server that a test can cut, or leave hanging with nobody at its other end. */
export class Relay {
  private readonly pairs = new Set<readonly [Socket, Socket]>()
  private state: 'open' | 'cut' | 'dead' = 'open'
  private readonly server

  private constructor(private readonly target: number) {
    this.server = createServer((near) => {
      near.on('error', () => {})
      if (this.state === 'cut') return void near.destroy()
      const far = connect(this.target, '127.0.0.1').on('error', () => near.destroy())
      const pair = [near, far] as const
      this.pairs.add(pair)
      near.on('data', (piece) => this.state !== 'dead' && far.write(piece))
      far.on('data', (piece) => this.state !== 'dead' && near.write(piece))
      const end = () => {
        this.pairs.delete(pair)
        near.destroy()
        far.destroy()
      }
      near.on('close', end)
      far.on('close', end)
    })
  }

  static async start(target: number): Promise<Relay> {
    const relay = new Relay(target)
    relay.server.listen(0, '127.0.0.1')
    await once(relay.server, 'listening')
    return relay
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  /** The server has gone: every connection ends, none is taken. */
  cut(): void {
    this.state = 'cut'
    this.pairs.forEach(([near]) => near.destroy())
  }

  /** The network has gone: connections stay, and nothing comes through. */
  die(): void {
    this.state = 'dead'
  }

  mend(): void {
    this.state = 'open'
  }

  async close(): Promise<void> {
    this.cut()
    this.server.close()
    await once(this.server, 'close')
  }
}
