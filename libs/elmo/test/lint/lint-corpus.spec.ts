import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWithShared } from '@emrex-gateway/testing'
import { ElmoError } from '../../src/elmo-error.js'
import type { LintReport } from '../../src/lint/lint-elmo.js'
import { lintXml } from '../../src/lint/lint-xml.js'
import { parseXml, type XmlElement } from '../../src/xml/parse-xml.js'
import { goldenXml } from '../golden.js'

const counts = ({ findings }: LintReport): Record<string, number> => {
  const byRule: Record<string, number> = {}
  for (const { rule } of findings) byRule[rule] = (byRule[rule] ?? 0) + 1
  return byRule
}

const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element?.children.filter((child) => typeof child !== 'string').filter(({ localName }) => localName === name) ?? []

const everyOpportunity = (element: XmlElement): XmlElement[] =>
  element.children
    .filter((child) => typeof child !== 'string')
    .flatMap((child) => [
      ...(child.localName === 'learningOpportunitySpecification' ? [child] : []),
      ...everyOpportunity(child),
    ])

const hasEcts = (los: XmlElement): boolean => {
  const [specifies] = childrenOf(los, 'specifies')
  const credits = childrenOf(childrenOf(specifies, 'learningOpportunityInstance')[0], 'credit')
  return credits.some((credit) =>
    childrenOf(credit, 'scheme')[0]?.children.some((text) => typeof text === 'string' && /^\s*ects\s*$/i.test(text)),
  )
}

/** How many opportunities have ECTS together with one above or below, counted without model and rules. */
function countEctsAgain(root: XmlElement): number {
  const all = everyOpportunity(root).filter(hasEcts)
  return all.filter((los) => all.some((other) => other !== los && (isIn(los, other) || isIn(other, los)))).length
}

const isIn = (inner: XmlElement, outer: XmlElement): boolean => inner.start > outer.start && inner.end < outer.end

describe('lintXml', () => {
  it('finds in the golden document with everything what is known of it', () => {
    const found = lintXml(goldenXml('maximal')).findings.map(({ line, rule }) => `${line} ${rule}`)
    expect(found).toEqual([
      '2 SIG-PRESENT',
      '10 LRN-BDAY-TZ',
      '40 LOS-DP-TOP',
      '40 EXT-AVOID',
      '57 LOI-TERM-COURSE',
      '77 LOI-CREDIT-LEVEL',
      '98 DS-CONTENT-CDATA',
      '101 ATT-TITLE',
      '102 ATT-PDF',
      '115 LOS-LOCAL-GIVE',
      '117 LOS-CLASS',
      '119 LOI-STATUS-GIVE',
      '119 LOI-HOURS',
      '125 DATE-ORDER',
      '138 ATT-TITLE',
      '151 EXT-AVOID',
    ])
  })
})

describeWithShared(describe, 'lintXml on the shared corpus', (shared) => {
  const corpus = join(shared, 'elmo/corpus')
  const read = (folder: string, file: string): Buffer => readFileSync(join(corpus, folder, file))
  const peer = (start: string): Buffer => {
    const file = readdirSync(join(corpus, 'peers')).find((each) => each.startsWith(start))
    return read('peers', file ?? start)
  }
  const rulesOf = (start: string): Record<string, number> => counts(lintXml(peer(start)))

  it.each(['edge', 'ewp', 'history', 'hostile', 'official', 'peers', 'signed', 'synthetic'])(
    'judges every document of %s that can be read, with line and score',
    (folder) => {
      let judged = 0
      for (const file of readdirSync(join(corpus, folder)).filter((each) => each.endsWith('.xml'))) {
        try {
          const { findings, score } = lintXml(read(folder, file), { profile: 'emrex' })
          judged++
          expect(score === 100).toBe(findings.length === 0)
          expect(findings.filter(({ line, column, path }) => !line || !column || !path)).toEqual([])
        } catch (error) {
          // What the reader refuses is not judged; anything else would be a fault of ours.
          expect(error).toBeInstanceOf(ElmoError)
        }
      }
      expect(judged > 0).toBe(folder !== 'ewp')
    },
  )

  it('finds the ECTS credits that Sweden states on every level', () => {
    for (const file of ['sweden-1.0-student1', 'sweden-1.0-example-upper']) {
      const again = countEctsAgain(parseXml(peer(file)).root)
      expect(again).toBeGreaterThan(25)
      expect(rulesOf(file)['LOI-ECTS-ONCE']).toBe(again)
    }
  })

  it('finds ECTS in capitals in Norway, Denmark and Finland', () => {
    expect(rulesOf('norway-emrex-1.0')['P-CASE']).toBe(6)
    expect(rulesOf('denmark-example-common')['P-CASE']).toBe(36)
    expect(rulesOf('finland-2021-my_elmo')['P-CASE']).toBe(1)
    expect(rulesOf('sweden-1.0-student1')['P-CASE']).toBeUndefined()
  })

  it('finds that Finland and Germany give no local identifier, and that others do', () => {
    expect(rulesOf('finland-kaisa.')['LOS-LOCAL-GIVE']).toBe(3)
    expect(rulesOf('ELMO2EDS')['LOS-LOCAL-GIVE']).toBe(80)
    const finnish = lintXml(peer('finland-kaisa.'), { profile: 'ladok-import' })
    expect(finnish.findings.find(({ rule }) => rule === 'LOS-LOCAL-GIVE')).toMatchObject({ severity: 'error' })
    for (const file of ['sweden-1.0-student1', 'norway-emrex-1.0', 'denmark-example-common']) {
      expect(rulesOf(file)['LOS-LOCAL-GIVE']).toBeUndefined()
    }
  })

  it('finds the average grade and the points that Germany sends as credits', () => {
    // One average as ECTS of the whole, and 58 times points.
    expect(rulesOf('ELMO2EDS')['P-GRADE-IN-CREDIT']).toBe(1 + 58)
  })

  it('finds the level without value and the failures without status', () => {
    expect(rulesOf('finland-2021-my_elmo')['P-LEVEL-NOVALUE']).toBe(1)
    expect(rulesOf('denmark-example-common')['P-PAST-STATUS']).toBeGreaterThan(0)
  })

  it('finds wrong namespaces, wrong order and bare base64', () => {
    expect(rulesOf('denmark-example-ncp')['P-NS-VARIANT']).toBeGreaterThan(0)
    const croatian = counts(lintXml(read('synthetic', 'wild-hr-emp--simulated-output.xml')))
    expect(croatian['P-NS-VARIANT']).toBeGreaterThan(0)
    expect(croatian['LOS-LOCAL-GIVE']).toBeUndefined()
    const dutch = counts(lintXml(read('synthetic', 'wild-oots-mock--realistic-transcript-misordered.xml')))
    expect(dutch['P-ORDER']).toBeGreaterThan(0)
    expect(dutch['ATT-DATA-URI']).toBeGreaterThan(0)
  })

  it('finds the base64 that the official example cuts with dots', () => {
    const found = counts(lintXml(read('official', 'official-v1.4.0-example.xml')))
    expect(found['ATT-DATA-URI']).toBeGreaterThan(0)
    expect(found['P-DATA-FILLER']).toBeGreaterThan(0)
  })
})
