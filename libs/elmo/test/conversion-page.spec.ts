import { readFileSync } from 'node:fs'
import { conversionLosses } from '../src/convert/conversion-loss.js'

const page = readFileSync(new URL('../../../docs/elmo-conversion.md', import.meta.url), 'utf8')

describe('docs/elmo-conversion.md', () => {
  it('lists every loss code with its kind and its words, and no other', () => {
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` +\| (\w+) +\| (.+?) +\|$/gm)].map(([, ...cells]) => cells)
    expect(rows).toEqual(Object.entries(conversionLosses).map(([code, [what, words]]) => [code, what, words]))
  })
})
