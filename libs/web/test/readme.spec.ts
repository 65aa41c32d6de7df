import { runReadmeExample } from '@emrex-gateway/testing'
import { sendAction } from '../src/pages/send-action.js'
import { translator } from '../src/texts/translator.js'
import { onLoopback } from './on-loopback.js'

const readme = new URL('../README.md', import.meta.url)

describe('the README of web', () => {
  it('has an example that runs', async () => {
    let words: unknown
    const answer = await onLoopback(
      (_, response) => {
        void runReadmeExample(readme, { '@emrex-gateway/web': { sendAction, translator } }, { response }).then(
          (constants) => (words = constants['words']),
          (error: unknown) => response.end(String(error)),
        )
      },
      async (origin) => {
        const { status, headers } = await fetch(origin, { redirect: 'manual' })
        return [status, headers.get('location')]
      },
    )
    expect(answer).toEqual([303, 'https://login.example/start'])
    expect(words).toBe('Skip to the content')
  })
})
