import type { Release } from '../../src/grammar/releases.js'
import { X509Certificate } from 'node:crypto'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { writeElmo } from '../../src/document/write-elmo.js'
import { ElmoError } from '../../src/elmo-error.js'
import { simpleTypes } from '../../src/grammar/simple-types.js'
import { lintElmo, type LintReport } from '../../src/lint/lint-elmo.js'
import type { LintFinding } from '../../src/lint/lint-rule.js'
import { predefined } from '../../src/lint/rules/predefined.js'
import { lintXml } from '../../src/lint/lint-xml.js'
import type { Elmo } from '../../src/model.js'
import { signElmo } from '../../src/signature/sign-elmo.js'
import { cleanElmo, cleanElmo21 } from './clean-elmo.js'
import type { RulePair } from './rule-pair.js'
import { rulePairs } from './rule-pairs.js'
import { issuedByAnAuthority, sourcePairs } from './source-pairs.js'

const v2 = (release: RulePair['release']): boolean => release === '2.1.1' || release === '2.0.0'

function documentOf({ release }: Pick<RulePair, 'release'>, change?: (elmo: Elmo) => unknown): Elmo {
  const elmo = v2(release) ? cleanElmo21() : cleanElmo()
  change?.(elmo)
  return elmo
}

const found = (pair: RulePair, change?: (elmo: Elmo) => unknown): LintFinding[] => {
  const { release, profile, rule } = pair
  return lintElmo(documentOf(pair, change), { release, profile }).findings.filter((finding) => finding.rule === rule)
}

const lines = ({ findings }: LintReport): string[] =>
  findings.map(({ rule, path, message }) => `${rule} ${path} ${message}`)

const valuesOf = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(valuesOf)

const wordsOfTheFormat = new Set([
  'ECTS',
  ...Object.values<readonly string[]>(predefined).flat(),
  ...Object.values(simpleTypes).flatMap((type) => ('values' in type ? (type.values ?? []) : [])),
])

/** What a model may break so that no valid document comes of it. */
function tryToWrite(elmo: Elmo, release: Release | undefined): Uint8Array | undefined {
  try {
    return writeElmo(elmo, { release })
  } catch (error) {
    if (error instanceof ElmoError && error.code === 'ELMO_INVALID') return undefined
    throw error
  }
}

describe('lintElmo', () => {
  it('finds nothing in a document that keeps every rule', () => {
    expect(lines(lintElmo(cleanElmo()))).toEqual([])
    expect(lintElmo(cleanElmo())).toEqual({ release: '1.7.0', score: 100, findings: [], omitted: 0 })
    expect(lines(lintElmo(cleanElmo21()))).toEqual([])
    expect(lintElmo(cleanElmo21())).toEqual({ release: '2.1.1', score: 100, findings: [], omitted: 0 })
  })

  it.each(['emrex', 'ewp-tors-v1', 'ewp-tors-v2', 'ladok-import'] as const)('finds nothing in it for %s', (profile) => {
    expect(lines(lintElmo(cleanElmo(), { profile }))).toEqual([])
  })

  it('finds nothing in it for ewp-tors-v3, which is of 2.1.1', () => {
    const { release, findings } = lintElmo(cleanElmo21(), { profile: 'ewp-tors-v3' })
    expect({ release, findings }).toEqual({ release: '2.1.1', findings: [] })
  })

  describe.each(rulePairs.map((pair, index) => [pair.rule, `${index}`, pair] as const))('on %s (%s)', (_, __, pair) => {
    it('finds the break where it is', () => {
      const broken = found(pair, pair.breaks)
      expect(broken.filter(({ path }) => path?.endsWith(pair.at)).map(({ rule }) => rule)).toContain(pair.rule)
      for (const finding of broken) expect(finding).toMatchObject({ hint: expect.stringMatching(/./) as string })
    })

    it('finds nothing in its twin', () => {
      expect(found(pair, pair.keeps)).toEqual([])
    })
  })

  it('quotes no value of a document', () => {
    for (const pair of rulePairs) {
      const { release, profile } = pair
      const elmo = documentOf(pair, pair.breaks)
      const values = valuesOf(elmo).filter((value) => value.length >= 4 && !wordsOfTheFormat.has(value))
      for (const { message, path } of lintElmo(elmo, { release, profile }).findings) {
        expect(values.filter((value) => `${message} ${path}`.includes(value))).toEqual([])
      }
    }
  })
})

describe('lintXml', () => {
  it('finds in a document what lintElmo finds in its model, and says on which line', () => {
    let written = 0
    for (const pair of rulePairs) {
      const { release, profile } = pair
      const elmo = documentOf(pair, pair.breaks)
      const xml = tryToWrite(elmo, release)
      if (xml === undefined) continue
      written++
      const rows = Buffer.from(xml).toString().split('\n')
      const inXml = lintXml(xml, { release, profile }).findings.filter(({ rule }) => rule === pair.rule)
      const inModel = lintElmo(elmo, { release, profile }).findings.filter(({ rule }) => rule === pair.rule)
      expect(inXml.map(({ path }) => path).sort()).toEqual(inModel.map(({ path }) => path).sort())
      for (const { path = '', line = 0, column = 0 } of inXml) {
        const name = path
          .split('/')
          .findLast((step) => !step.startsWith('@'))
          ?.replace(/\[\d+\]$/, '')
        const tag = Buffer.from(rows[line - 1] ?? '')
          .subarray(column - 1)
          .toString()
        expect(`${pair.rule} ${path} ${/^<(?:\w+:)?(\w+)/.exec(tag)?.[1]}`).toBe(`${pair.rule} ${path} ${name}`)
      }
    }
    expect(written).toBeGreaterThan(70)
  })

  it('tells apart elements of one name', () => {
    const elmo = cleanElmo()
    const [los] = elmo.reports[0]?.learningOpportunitySpecification ?? []
    los?.title.push({ lang: 'nb', value: 'TODO' }, { lang: 'nn', value: 'Noko' })
    los?.parts?.push({ title: [{ value: 'TBD' }], instance: { status: 'in-progress' } })
    const xml = Buffer.from(writeElmo(elmo))
    const found = lintXml(xml).findings.filter(({ rule }) => rule === 'P-DATA-FILLER')
    const rows = xml.toString().split('\n')
    expect(found.map(({ line = 0 }) => rows[line - 1]?.trim())).toEqual([
      '<title xml:lang="nb">TODO</title>',
      '<title>TBD</title>',
    ])
  })

  it('finds the results that one hasPart holds several of, or none, where they stand', () => {
    const elmo = cleanElmo()
    const [los] = elmo.reports[0]?.learningOpportunitySpecification ?? []
    for (const value of ['TBD', 'TBA', '???']) los?.parts?.push({ title: [{ value }], instance: {} })
    const xml = Buffer.from(writeElmo(elmo))
      .toString()
      .replace(/(TBD[^]*?)<\/hasPart>\s*<hasPart>/, '$1')
      .replace(/<hasPart>/, '<hasPart/><hasPart>')
    const found = lintXml(Buffer.from(xml)).findings.filter(({ rule }) => rule === 'P-DATA-FILLER')
    const rows = xml.split('\n')
    expect(found.map(({ line = 0 }) => rows[line - 1]?.trim())).toEqual(
      ['TBD', 'TBA', '???'].map((value) => `<title>${value}</title>`),
    )
  })

  describe('on what only bytes show', () => {
    let clean: string
    let selfSigned: string

    beforeAll(async () => {
      const signer = await makeThrowawaySigner()
      selfSigned = new X509Certificate(signer.certificate).raw.toString('base64')
      const signed = Buffer.from(signElmo(writeElmo(cleanElmo()), signer)).toString()
      clean = signed.replace(/(<X509Certificate>)[^<]*/, `$1${issuedByAnAuthority}`)
    })

    const lint = (xml: string): LintReport => lintXml(Buffer.from(xml.replace('SELF-SIGNED', selfSigned)))

    it('finds nothing in a signed document that keeps every rule', () => {
      expect(lines(lint(clean))).toEqual([])
      expect(lint(clean).score).toBe(100)
    })

    it.each(sourcePairs.map((pair, index) => [pair.rule, `${index}`, pair] as const))('%s (%s)', (_, __, pair) => {
      const { rule, at, line, breaks, keeps = (xml) => xml } = pair
      const broken = breaks(clean)
      const findings = lint(broken).findings.filter((finding) => finding.rule === rule)
      expect(findings.length).toBeGreaterThan(0)
      expect(findings[0]?.path?.endsWith(at)).toBe(true)
      const row = broken.split('\n')[(findings[0]?.line ?? 0) - 1] ?? ''
      expect(row.slice((findings[0]?.column ?? 0) - 1)).toMatch(new RegExp(line.source.replace('^ *', '^')))
      expect(lint(keeps(clean)).findings.filter((finding) => finding.rule === rule)).toEqual([])
    })
  })
})
