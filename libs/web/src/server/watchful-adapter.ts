import { createServer } from 'node:http'
import { ExpressAdapter } from '@nestjs/platform-express'

/** How often the server looks for connections whose time is over; Node alone would do so every 30 s. */
const lookMs = 5000

/** Express for Nest, on a server that ends connections soon after their time is over. Plain HTTP: TLS is the proxy's. */
export class WatchfulAdapter extends ExpressAdapter {
  override initHttpServer(): void {
    this.httpServer = createServer({ connectionsCheckingInterval: lookMs }, this.getInstance())
  }
}
