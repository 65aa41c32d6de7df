import { spawn } from 'node:child_process'

/**
 * Posts a form of `mebibytes` MiB and gives the status that came back. It does so in a process of its own, so that its
 * memory is not counted, and asks to close the connection, which is when an early answer is lost most easily.
 */
export const postBig = (origin: string, mebibytes: number, framing: 'declared' | 'chunked') =>
  new Promise<string>((resolve) => {
    const script = `
      const length = ${mebibytes} * 1048576, piece = Buffer.alloc(1048576, 97)
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      if (${framing === 'declared'}) headers['content-length'] = length
      const request = require('node:http').request('${origin}', { method: 'POST', headers, agent: false }, (response) => {
        process.stdout.write(String(response.statusCode)); response.resume()
      })
      request.on('error', (error) => process.stdout.write(' ' + error.code))
      let sent = 0
      const more = () => { while (sent < length) { sent += piece.length; if (!request.write(piece)) return request.once('drain', more) } request.end() }
      more()`
    let output = ''
    const child = spawn(process.execPath, ['-e', script])
    child.stdout.on('data', (text: Buffer) => (output += text.toString()))
    child.on('close', () => resolve(output))
  })
