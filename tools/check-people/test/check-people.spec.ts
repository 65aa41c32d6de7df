import { afterEach, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { normaliseNationalId } from '@emrex-gateway/core'
import { checkPeople } from '../check-people.mjs'
import { exceptions } from '../exceptions.mjs'
import { findNumbers } from '../find-numbers.mjs'
import { publishedNumbers } from '../published-numbers.mjs'

/** The first number of this form, `?` being any digit and `@` any check sign, that its country calls right. */
function planted(country: string, form: string, environment: 'production' | 'test' = 'production'): string {
  const open = [...form].filter((sign) => sign === '?').length
  const checks = form.includes('@') ? '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ' : ' '
  for (let count = 0; count < 10 ** open; count += 1)
    for (const check of checks) {
      const fill = [...String(count).padStart(open, '0')]
      const number = form.replace(/\?/g, () => fill.shift()!).replace('@', check)
      if (normaliseNationalId(country, number, environment).warning === undefined) return number
    }
  throw new Error('there is no such number')
}

const folders: string[] = []
/** A repository that holds these files. */
function repository(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'people-'))
  folders.push(root)
  execFileSync('git', ['init', '--quiet'], { cwd: root })
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  execFileSync('git', ['add', '.'], { cwd: root })
  return root
}
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

describe('checkPeople', () => {
  it('finds nobody in this repository', () => {
    expect(checkPeople(fileURLToPath(new URL('../../..', import.meta.url)))).toEqual([])
  })

  it.each([
    ['SE', '850709????'],
    ['SE', '850709-????'],
    ['SE', '19850709????'],
    ['SE', '850769-????'],
    ['NO', '090785?????'],
    ['NO', '490785 ?????'],
    ['FI', '090785-1??@'],
    ['FI', '090705A1??@'],
    ['PL', '850709?????'],
    ['PL', '052709?????'],
    ['HR', '7?????????1'],
    ['BE', '85.07.09-???.??'],
    ['DK', '090785-????'],
    ['NL', '34???????'],
    ['CN', '11010519850709???@'],
    ['IT', 'VRDLGI85L09H501@'],
  ])('tells file, line and country of a planted number of %s (%s), and never the number', (country, form) => {
    const number = planted(country, form)
    const texts = [number, `{"id":"${number}"}`, `<id>${number}</id>`, `${country}${number}`, `urn:x:${number}.`]
    const found = checkPeople(repository({ 'docs/notes.md': `one\n${texts.join('\n')}\n` }))
    for (const line of texts.keys())
      expect(found).toContain(`docs/notes.md:${line + 2} looks like a national identity number (${country})`)
    expect(found.join()).not.toContain(number)
  })

  it('finds a number in a file that is not tracked yet, whatever the file is called', () => {
    const root = repository({})
    writeFileSync(join(root, 'dump.unknown'), planted('FI', '090785-1??@'))
    expect(checkPeople(root)).toHaveLength(1)
  })

  it('knows the published numbers and the exceptions, each with its reason', () => {
    const text = [...publishedNumbers, ...exceptions].map(({ value }) => value).join('\n')
    expect(checkPeople(repository({ 'numbers.txt': text }))).toEqual([])
    for (const { source } of publishedNumbers) expect(source).not.toBe('')
    for (const { reason } of exceptions) expect(reason).not.toBe('')
  })

  it('lists no number that it would not find', () => {
    for (const { country, value } of [...publishedNumbers, ...exceptions])
      expect(findNumbers(value).map((found) => [found.country, found.value])).toContainEqual([
        country,
        normaliseNationalId(country, value).value,
      ])
  })

  it('reads no file that is not text', () => {
    const number = planted('NO', '090785?????')
    expect(checkPeople(repository({ 'image.png': Buffer.from(`\0\0${number}`) }))).toEqual([])
  })
})

describe('findNumbers', () => {
  const number = () => planted('NO', '090785?????')

  it.each([
    ['a part of a longer number', () => `1${number()} ${number()}1`],
    ['a part of a word', () => `abc${number()} x${number()}y`],
    ['an object identifier', () => `1.2.246.562.24.${number()}`],
    ['a UUID', () => `1d0a6b1e-0000-4000-8000-${number()}1`],
    ['a digest', () => `sha256:${'ab12'.repeat(5)}${number()}${'cd34'.repeat(5)}`],
    ['Base64', () => `sha512-${'aB3+'.repeat(8)}/${number()}/${'xY9'.repeat(8)}==`],
    ['a point in time', () => '2024-05-31T10:11:12.123456789Z 2024-05-31T10:11:12'],
    ['a number with a fraction', () => `0.${number()} ${number()}.5`],
  ])('takes %s for nobody', (_, text) => {
    expect(findNumbers(text())).toEqual([])
  })

  it('takes a number that only test registers give out for nobody of that country', () => {
    // Eighty is added to the month.
    const number = planted('NO', '098785?????', 'test')
    expect(findNumbers(number).filter(({ country }) => country === 'NO')).toEqual([])
  })

  it('takes no point in time for a person, in seconds, milliseconds or words', () => {
    const texts = Array.from({ length: 500 }, (_, day) => {
      const seconds = 1_600_000_000 + day * 86_400
      return `${seconds} ${seconds}123 ${new Date(seconds * 1000).toISOString()}`
    })
    expect(findNumbers(texts.join('\n'))).toEqual([])
  })

  it('takes no digest and no key for a person', () => {
    const texts = Array.from({ length: 2_000 }, (_, index) =>
      randomBytes(48).toString(index % 2 === 0 ? 'hex' : 'base64'),
    )
    expect(findNumbers(texts.join('\n'))).toEqual([])
  })

  it('finds what stands beside a digest', () => {
    expect(
      findNumbers(`${'ab12'.repeat(10)} ${number()} ${'aB3+'.repeat(12)}`).map(({ country }) => country),
    ).toContain('NO')
  })
})
