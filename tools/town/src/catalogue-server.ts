import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One NCP of the town as it stands in the catalogue. */
export interface CatalogueEntry {
  readonly name: string
  readonly countryCode: string
  readonly url: string
  readonly institutions: readonly string[]
  /** PEM; the catalogue publishes bare base64. */
  readonly certificates: readonly string[]
}

const catalogue = 'https://github.com/erasmus-without-paper/ewp-specs-api-registry/tree/stable-v1'
const dataAccessPoint =
  'https://github.com/erasmus-without-paper/ewp-specs-api-emrex-data-access-point/blob/stable-v1/manifest-entry.xsd'

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const bareBase64 = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '')

/** The EWP catalogue with these NCPs in it. Spec: EWP registry API v1; emrex-data-access-point v1. */
export function writeCatalogue(entries: readonly CatalogueEntry[]): string {
  const hosts = entries.map(
    ({ name, countryCode, url, institutions, certificates }) => `  <host>
    <apis-implemented>
      <e:emrex-data-access-point version="1.0.0">
        <e:url>${escape(url)}</e:url>
        <e:name>${escape(name)}</e:name>
        <e:country-code>${countryCode}</e:country-code>
${institutions.map((institution) => `        <e:institution>${escape(institution)}</e:institution>`).join('\n')}
${certificates.map((pem) => `        <e:certificate>${bareBase64(pem)}</e:certificate>`).join('\n')}
      </e:emrex-data-access-point>
    </apis-implemented>
  </host>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<catalogue xmlns="${catalogue}" xmlns:e="${dataAccessPoint}">
${hosts.join('\n')}
</catalogue>
`
}

export interface CatalogueServer {
  readonly url: string
  publish(entries: readonly CatalogueEntry[]): void
  /** Sends half of the list to the next who asks, and no more; resolves when that half has gone out. */
  breakOff(): Promise<void>
  stop(): Promise<void>
}

/** Serves the catalogue on loopback, with an ETag as the registry service does, and the town's own pages beside it. */
export async function startCatalogueServer(page: string, mailbox: () => string = () => ''): Promise<CatalogueServer> {
  let body = writeCatalogue([])
  let brokenOff: (() => void) | undefined
  const server = createServer((request, response) => {
    const html = request.url === '/' ? page : request.url === '/mailbox' ? mailbox() : undefined
    if (html !== undefined)
      return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
    if (request.url !== '/catalogue-v1.xml') return void response.writeHead(404).end()
    if (brokenOff !== undefined) {
      const half = Buffer.from(body)
      response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', 'content-length': half.length })
      response.write(half.subarray(0, half.length / 2), brokenOff)
      brokenOff = undefined
      return
    }
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end()
    response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', etag }).end(body)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/catalogue-v1.xml`,
    publish(entries) {
      body = writeCatalogue(entries)
    },
    breakOff: () => new Promise((resolve) => (brokenOff = resolve)),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
