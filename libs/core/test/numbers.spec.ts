import { readdirSync, readFileSync } from 'node:fs'
import { defaultLimits } from '@emrex-gateway/elmo'
import { defaults, documentLimits } from '../src/numbers.js'

const root = new URL('../../../', import.meta.url)

/** The text of every shipped source of the workspace but the table of numbers itself. */
function shippedSources(): string {
  const folders = ['libs', 'apps'].flatMap((group) =>
    readdirSync(new URL(`${group}/`, root)).map((name) => `${group}/${name}/src/`),
  )
  const files = folders.flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}${file}`),
  )
  return files
    .filter((file) => /\.tsx?$/.test(file) && !/\.spec\.tsx?$/.test(file) && file !== 'libs/core/src/numbers.ts')
    .map((file) => readFileSync(new URL(file, root), 'utf8'))
    .join('\n')
}

const documentNumbers = Object.keys(defaults).filter((name) => /^(document|element|inflate)/.test(name))

describe('defaults', () => {
  it('holds no number that nothing goes by', () => {
    const text = shippedSources()
    const unused = Object.keys(defaults).filter((name) => !text.includes(`defaults.${name}`))
    expect(unused.sort()).toEqual(documentNumbers.sort())
  })
})

describe('documentLimits', () => {
  it('is what both roles pass on, and what the document library goes by when left alone', () => {
    expect(shippedSources().match(/\bdocumentLimits\b/g)?.length).toBeGreaterThan(3)
    expect(documentLimits).toEqual(defaultLimits)
    expect(documentNumbers.map((name) => defaults[name as keyof typeof defaults]).sort()).toEqual(
      Object.values(documentLimits).sort(),
    )
  })
})
