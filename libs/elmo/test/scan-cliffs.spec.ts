import { jest } from '@jest/globals'
import { scanXml } from '../src/xml/scan-xml.js'

jest.setTimeout(300_000)

/** Texts of one length, all with the same polynomial hash over 31: "Aa" and "BB" collide, and so do all rows of them. */
const colliding = (bits: number): string[] =>
  Array.from({ length: 2 ** bits }, (_, i) =>
    Array.from({ length: bits }, (_bit, at) => ((i >> at) & 1 ? 'Aa' : 'BB')).join(''),
  )

const nested = (levels: number, write: (level: number) => string): string => {
  const names = Array.from({ length: levels }, (_, level) => write(level))
  return (
    names.map((name) => `<${name}>`).join('') +
    names
      .toReversed()
      .map((name) => `</${name.split(' ')[0]}>`)
      .join('')
  )
}

const limits = { maxNodes: 10_000_000, maxDepth: 4_000, maxAttributes: 10_000 }

/** Shapes that somebody may send to make the scanner slow, at a size and at four times that size. */
const shapes: [string, (times: number) => string][] = [
  [
    'names that collide',
    (times) =>
      `<r>${colliding(14 + Math.log2(times))
        .map((name) => `<${name}/>`)
        .join('')}</r>`,
  ],
  [
    'attributes that collide',
    (times) =>
      `<r>${`<x ${colliding(6)
        .map((name) => `${name}=""`)
        .join(' ')}/>`.repeat(200 * times)}</r>`,
  ],
  ['distinct names', (times) => `<r>${Array.from({ length: 60_000 * times }, (_, i) => `<n${i}/>`).join('')}</r>`],
  [
    'distinct prefixes',
    (times) =>
      `<r>${Array.from({ length: 20_000 * times }, (_, i) => `<p${i}:x xmlns:p${i}="urn:${i}"/>`).join('')}</r>`,
  ],
  ['declarations at every level', (times) => nested(500 * times, (level) => `x xmlns:p${level}="urn:${level}"`)],
  ['one prefix redeclared at every level', (times) => nested(500 * times, (level) => `p:x xmlns:p="urn:${level}"`)],
  [
    'many declarations, used from below',
    (times) =>
      `<r ${Array.from({ length: 1_000 }, (_, i) => `xmlns:p${i}="urn:${i}"`).join(' ')}>${'<p0:x/><p999:y/>'.repeat(10_000 * times)}</r>`,
  ],
  ['many attributes', (times) => `<r ${Array.from({ length: 1_000 * times }, (_, i) => `a${i}=""`).join(' ')}/>`],
  ['references', (times) => `<r>${'&#65;'.repeat(50_000 * times)}</r>`],
  ['references in an attribute', (times) => `<r a="${'&amp;&#65;'.repeat(50_000 * times)}"/>`],
  ['comments', (times) => `<r>${'<!-- -->'.repeat(50_000 * times)}</r>`],
  ['texts of one character', (times) => `<r>${'x<y/>'.repeat(50_000 * times)}</r>`],
  ['long names', (times) => `<r>${`<${'n'.repeat(1000)}/>`.repeat(250 * times)}</r>`],
  ['carriage returns', (times) => `<r>${'\r'.repeat(250_000 * times)}</r>`],
]

const cpuMs = (work: () => void): number => {
  const begun = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1e3
}

describe('scanXml', () => {
  const figures: string[] = []
  afterAll(() => {
    if (process.env['EMREX_LONG_TESTS']) console.log(figures.join('\n'))
  })

  it.each(shapes)('takes %s in proportion to their number', (name, write) => {
    const [small, large] = [1, 4].map((times) => {
      const xml = Buffer.from(write(times))
      const read = (): void => {
        const tape = scanXml(xml, limits)
        for (let node = 0; node < tape.length; node++) if (tape.kind(node) === 1) tape.text(node)
      }
      return { bytes: xml.length, ms: Math.min(cpuMs(read), cpuMs(read)) }
    }) as [{ bytes: number; ms: number }, { bytes: number; ms: number }]
    figures.push(`${name}: ${JSON.stringify([small, large])}`)
    // Four times as much takes four times as long; a square takes sixteen. The constant is for what is too short to tell.
    expect(large.ms).toBeLessThan(10 * small.ms + 200)
  })
})
