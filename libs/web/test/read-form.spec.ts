import { connect } from 'node:net'
import { EmrexError } from '@emrex-gateway/core'
import { until } from '@emrex-gateway/testing'
import { readForm } from '../src/index.js'
import { onLoopback } from './on-loopback.js'

/** Answers with the fields of the form, or with the code of the refusal. */
const echo = (maxBytes: number) =>
  onLoopback.bind(undefined, (request, response) => {
    readForm(request, { maxBytes }).then(
      (fields) => response.end(JSON.stringify([...fields])),
      (error: unknown) => {
        response.statusCode = error instanceof EmrexError && error.code === 'BODY_TOO_LARGE' ? 413 : 400
        response.end(error instanceof EmrexError ? error.code : 'not our error')
      },
    )
  })

const post = async (origin: string, body: BodyInit, headers: Record<string, string> = {}) => {
  const response = await fetch(origin, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })
  return `${response.status} ${await response.text()}`
}

describe('readForm', () => {
  it('gives the fields of a form', () =>
    echo(100)(async (origin) => {
      expect(
        await post(origin, 'name=%C3%85sa+Ek&empty=', {
          'content-type': 'Application/X-WWW-Form-Urlencoded; charset=x',
        }),
      ).toBe('200 [["name","Åsa Ek"],["empty",""]]')
    }))

  it('takes a body of exactly the limit, and refuses one byte more', () =>
    echo(10)(async (origin) => {
      expect(await post(origin, 'a=12345678')).toMatch(/^200/)
      expect(await post(origin, 'a=123456789')).toBe('413 BODY_TOO_LARGE')
    }))

  it.each(['application/json', 'multipart/form-data; boundary=x', 'text/plain', ''])(
    'refuses the content type "%s"',
    (type) =>
      echo(100)(async (origin) => {
        expect(await post(origin, 'a=1', { 'content-type': type })).toBe('400 REQUEST_MALFORMED')
      }),
  )

  it('refuses a compressed body', () =>
    echo(100)(async (origin) => {
      expect(await post(origin, 'a=1', { 'content-encoding': 'gzip' })).toBe('400 REQUEST_MALFORMED')
    }))

  it('refuses a declared length over the limit before any of the body has come', () =>
    echo(100)(async (origin) => {
      const socket = connect(Number(new URL(origin).port), '127.0.0.1')
      socket.write(
        'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 101\r\n\r\n',
      )
      const head = await new Promise<Buffer>((resolve) => socket.once('data', resolve))
      socket.destroy()
      expect(head.toString()).toContain('413')
    }))

  it('puts a body together that comes in chunks of any size', () =>
    echo(1_000_000)(async (origin) => {
      const sizes = [1, 40_000, 3, 2, 70_000, 65_536, 32_768, 32_767, 1, 1, 120_000, 5]
      const value = sizes.map((size, index) => String.fromCharCode(97 + index).repeat(size)).join('')
      const chunks: string[] = ['a=']
      for (let at = 0, index = 0; at < value.length; at += sizes[index++]!)
        chunks.push(value.slice(at, at + sizes[index]!))
      const socket = connect(Number(new URL(origin).port), '127.0.0.1')
      socket.setNoDelay(true)
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n')
      socket.write('Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n')
      for (const chunk of [...chunks, '']) socket.write(`${chunk.length.toString(16)}\r\n${chunk}\r\n`)
      let answer = ''
      for await (const data of socket) answer += String(data)
      expect(answer).toContain(`[["a","${value}"]]`)
    }))

  it('throws away what still comes in after a refusal, whenever the answer is written', () =>
    onLoopback(
      (request, response) =>
        void readForm(request, { maxBytes: 100 }).catch(() => request.on('end', () => response.end('all gone'))),
      async (origin) => {
        expect(await post(origin, 'x'.repeat(1_000_000))).toBe('200 all gone')
      },
    ))

  it('refuses a body that ends early', async () => {
    let read: Promise<unknown> | undefined
    await onLoopback(
      (request) => void (read = readForm(request, { maxBytes: 100 }).catch((error: unknown) => error)),
      async (origin) => {
        const socket = connect(Number(new URL(origin).port), '127.0.0.1')
        socket.write(
          'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\na=1',
        )
        await until(() => read !== undefined)
        socket.destroy()
        expect(await read).toMatchObject({ code: 'REQUEST_MALFORMED' })
      },
    )
  })
})
