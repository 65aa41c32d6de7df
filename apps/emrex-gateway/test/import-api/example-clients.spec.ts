import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { signWebhook } from '@emrex-gateway/smp'
import { describeWith, PlainBrowser } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { ApiUnderTest, applicant } from './api-under-test.js'

jest.setTimeout(180_000)

const example = (file: string) =>
  fileURLToPath(new URL(`../../../../docs/examples/import-api/${file}`, import.meta.url))

/** A program of the examples: what it prints, line by line, and how it ended. */
function run(command: readonly string[], env: NodeJS.ProcessEnv, input = '') {
  const [program = '', ...parameters] = command
  const child = spawn(program, parameters, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
  const out = { text: '', errors: '' }
  let look = () => {}
  child.stdout.on('data', (part: Buffer) => {
    out.text += part.toString()
    look()
  })
  child.stderr.on('data', (part: Buffer) => void (out.errors += part.toString()))
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const line = (start: string) =>
    new Promise<string>((resolve, reject) => {
      look = () => {
        const found = out.text.split('\n').find((one) => one.startsWith(start))
        if (found !== undefined) resolve(found.slice(start.length))
      }
      look()
      void ended.then(() => reject(new Error(`no line "${start}": ${out.errors}`)))
    })
  return { out, ended, line }
}

const clients = [
  ['python3', [process.platform === 'win32' ? 'python' : 'python3', example('python/import_client.py')]],
  ['java', ['java', example('java/ImportClient.java')]],
] as const

for (const [program, command] of clients)
  describeWith(describe, program, `the example client in ${program}`, () => {
    let under: ApiUnderTest
    beforeAll(async () => {
      under = await ApiUnderTest.start()
    })
    afterAll(() => under.stop())

    const start = (purpose = 'degree', address = under.address('')) =>
      run([...command, 'ask'], {
        ...{ EMREX_API: address, EMREX_KEY: under.keys.full, EMREX_PURPOSE: purpose },
        EMREX_APPLICANT: JSON.stringify(applicant),
      })

    it('asks, waits for the applicant, reads the result, and deletes it', async () => {
      const client = start()
      await under.agree(await under.walk(await client.line('LINK ')))
      expect([await client.ended, client.out.errors]).toEqual([0, ''])
      expect(client.out.text.trim().split('\n').slice(1)).toEqual([
        'STATUS completed',
        'DEGREE Master of Marine Biology 2019-06-30',
        'PERSON same',
        'THEN REQUEST_DELETED',
      ])
    })

    it('reads a result without a degree, and calls no course one', async () => {
      const client = start('whole')
      const whole = under.elmo()
      const courses = whole.reports[0]!.learningOpportunitySpecification![0]!.parts!
      const reports = [{ ...whole.reports[0]!, learningOpportunitySpecification: courses }]
      await under.agree(await under.walk(await client.line('LINK '), { ...whole, reports }))
      expect([await client.ended, client.out.errors]).toEqual([0, ''])
      expect(client.out.text.trim().split('\n').slice(1)).toEqual([
        'STATUS completed',
        'PERSON same',
        'THEN REQUEST_DELETED',
      ])
    })

    it('says what is wrong with an order', async () => {
      const client = start('never-was')
      expect([await client.ended, client.out.text]).toEqual([1, ''])
      expect(client.out.errors).toMatch(/PURPOSE_FORBIDDEN.*\/purpose/)
    })

    it('knows an event that the gateway signed from one that was changed or is old', async () => {
      const { secret } = under.receiver
      const written = `whsec_${secret.toString('base64')}`
      const judge = async (at: Date, signed: string, body: string) => {
        const headers = signWebhook([Buffer.alloc(32, 3), secret], { id: 'evt_1', at, body: signed })
        const [time = '', signature = ''] = [headers['webhook-timestamp'], headers['webhook-signature']]
        const child = run([...command, 'verify', written, 'evt_1', time, signature], {}, body)
        await child.ended
        return child.out.text.trim()
      }
      const body = '{"type":"request.completed"}'
      expect(await judge(new Date(), body, body)).toBe('signed')
      expect(await judge(new Date(), body, body.replace('completed', 'declined'))).toBe('refused')
      expect(await judge(new Date(Date.now() - 400_000), body, body)).toBe('refused')
    })
  })

describeWith(describe, 'python3', 'the example client in python3, whose connection breaks', () => {
  let under: ApiUnderTest
  const ids: string[] = []
  // The first answer is lost on its way, as by a proxy that is started anew.
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const isOrder = request.method === 'POST'
    const [body, { authorization = '', 'idempotency-key': key = [] }] = [await text(request), request.headers]
    const answered = await fetch(under.address(request.url!), {
      method: request.method!,
      headers: [
        ['authorization', authorization],
        ['content-type', 'application/json'],
        ...[key].flat().map((one) => ['idempotency-key', one] as [string, string]),
      ],
      ...(isOrder ? { body } : {}),
    })
    const answer = await answered.text()
    if (isOrder) ids.push((JSON.parse(answer) as { request: { id: string } }).request.id)
    if (isOrder && ids.length === 1) return void request.socket.destroy()
    response.writeHead(answered.status, { 'content-type': 'application/json' }).end(answer)
  }
  const proxy = createServer((request, response) => void pass(request, response))
  beforeAll(async () => {
    under = await ApiUnderTest.start()
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  })
  afterAll(async () => {
    proxy.close()
    await under.stop()
  })

  it('sends the order again, and has made one request', async () => {
    const client = run([...clients[0][1], 'ask'], {
      ...{ EMREX_API: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, EMREX_KEY: under.keys.full },
      ...{ EMREX_PURPOSE: 'degree', EMREX_APPLICANT: JSON.stringify(applicant) },
    })
    const browser = new PlainBrowser()
    await browser.open(await client.line('LINK '))
    await browser.press('Decline')
    expect([await client.ended, client.out.errors]).toEqual([0, ''])
    expect(client.out.text).toContain('STATUS declined')
    expect([ids.length, new Set(ids).size]).toEqual([2, 1])
  })
})
