// How far the memory of the gateway grows while it refuses a body of 100 MB at the return address.
import { request } from 'node:http'
import { mebibytes } from './figures.mjs'
import { machine } from './machine.mjs'
import { startGatewayProcess } from './start-gateway-process.mjs'

const bodyBytes = 100_000_000
const piece = Buffer.alloc(1_000_000, 'a')

/**
 * Sends the body as fast as it is taken, and gives the status that came back.
 *
 * @param {string} url
 * @param {boolean} declared whether its length is told beforehand
 * @returns {Promise<number | undefined>}
 */
const post = (url, declared) =>
  new Promise((resolve, reject) => {
    const length = declared ? { 'content-length': bodyBytes } : {}
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...length }
    const form = request(url, { method: 'POST', headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    form.on('error', reject)
    let left = bodyBytes
    const more = () => {
      while (left > 0) {
        left -= piece.length
        if (!form.write(piece)) return void form.once('drain', more)
      }
      form.end()
    }
    more()
  })

console.log(machine())
for (const declared of [true, false]) {
  // A process for each, for the peak is that of a whole life.
  const gateway = await startGatewayProcess()
  try {
    const url = `${gateway.origin}/smp/nordfjord/return`
    await (await fetch(url, { method: 'POST', body: new URLSearchParams({ sessionId: 'nobody' }) })).text()
    const before = await gateway.usage()
    const status = await post(url, declared)
    const { peakBytes } = await gateway.usage()
    const how = declared ? 'length declared' : 'length not declared'
    const growth = mebibytes(peakBytes - before.rssBytes)
    console.log(`100 MB, ${how}: answered ${status}, memory grew by ${growth} at most (the aim is below 150 MB)`)
    if (status !== 413) process.exitCode = 1
  } finally {
    await gateway.stop()
  }
}
