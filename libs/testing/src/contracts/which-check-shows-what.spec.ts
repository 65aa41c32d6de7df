import { readFileSync } from 'node:fs'
import { importTargetChecks } from './import-target.js'
import { sourceKit, targetKit } from './memory-sis/memory-kits.js'
import { resultSourceChecks } from './result-source.js'

const page = readFileSync(new URL('../../../../docs/writing-a-sis-plugin.md', import.meta.url), 'utf8')
const section = page.slice(page.indexOf('## What the kits ask'))
const rows = section.split('\n').filter((line) => line.startsWith('| ') && !/^\| (Topic|Situation|-)/.test(line))
const named = rows.flatMap((row) =>
  [...row.matchAll(/[*_]([^*_|]{12,}?)[*_](?=[\s,.;|]|$)/g)].map((match) => match[1]!),
)
/** Also of the systems that can fail in these ways. */
const failures = {
  ...sourceKit().failures,
  'grant-expired': 'expired',
  'certificate-expired': 'credential',
  'error-with-200': 'bad-data',
} as const
const checks = [...resultSourceChecks({ ...sourceKit(), failures }), ...importTargetChecks(targetKit())].map(
  ({ name }) => name,
)

/** A name on the page may leave words out where it says "…". */
const isCheck = (name: string): boolean => {
  const parts = name.split('…').map((part) => part.trim())
  return checks.some((check) => parts.every((part) => check.includes(part)))
}

describe('docs/writing-a-sis-plugin.md', () => {
  it('has a row for each pitfall and each situation', () => {
    expect(rows.length).toBeGreaterThanOrEqual(27 + 14)
    expect(rows.filter((row) => row.split('|')[2]!.trim() === '')).toEqual([])
  })

  it('names checks that the kits have', () => {
    expect(named.length).toBeGreaterThan(25)
    expect(named.filter((name) => !isCheck(name))).toEqual([])
  })
})
