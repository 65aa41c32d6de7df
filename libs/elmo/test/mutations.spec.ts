import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWith, describeWithShared } from '@emrex-gateway/testing'
import { namespaces } from '../src/grammar/namespaces.js'
import { parseXml, type XmlElement } from '../src/xml/parse-xml.js'
import { validateElmoXml } from '../src/document/validate-elmo-xml.js'
import { goldenXml } from './golden.js'

interface Mutation {
  readonly name: string
  readonly xml: string
}

const ours = new Set<string>([namespaces.elmo, namespaces.address])
const isOurs = (child: XmlElement | string): child is XmlElement =>
  typeof child !== 'string' && ours.has(child.namespace)

/** The document with one element left out, doubled, moved behind the next one, renamed, or with other text in it. */
function mutationsOf(source: Buffer): Mutation[] {
  const cut = (from: number, to: number): string => source.subarray(from, to).toString()
  const mutations: Mutation[] = []
  const visit = (element: XmlElement): void => {
    const children = element.children.filter(isOurs)
    children.forEach((child, index) => {
      const { start, end, name } = child
      const add = (what: string, put: string, until = end): number =>
        mutations.push({
          name: `${what} ${element.name}/${name}`,
          xml: cut(0, start) + put + cut(until, source.length),
        })
      const self = cut(start, end)
      add('without', '')
      add('twice', self + self)
      add('renamed', `<unknown/>`)
      add(
        'with an attribute',
        self.replace(/^<[\w:]+/, (tag) => `${tag} unknown="1"`),
      )
      if (self.endsWith('/>')) add('with text', `${self.slice(0, -2)}>text</${name}>`)
      else add('emptied of', `${/^<[^>]*>/.exec(self)?.[0]}</${name}>`)
      const next = children[index + 1]
      if (next !== undefined)
        add('behind its neighbour', cut(next.start, next.end) + cut(end, next.start) + self, next.end)
      visit(child)
    })
  }
  visit(parseXml(source).root)
  return mutations
}

describeWithShared(describe, 'validateElmoXml', (shared) => {
  describeWith(describe, 'xmllint', 'against the official schema', () => {
    it.each(['maximal', 'address-lines'])('gives the same verdict on every mutation of %s', (golden) => {
      const mutations = mutationsOf(goldenXml(golden))
      const folder = mkdtempSync(join(tmpdir(), 'elmo-mutations-'))
      const files = mutations.map(({ xml }, index) => {
        const file = join(folder, `${index}.xml`)
        writeFileSync(file, xml)
        return file
      })
      const schema = join(shared, 'elmo/schemas/v1.7.0/schema.xsd')
      const { stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...files], {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      })
      rmSync(folder, { recursive: true })
      const valid = new Set(stderr.split('\n').flatMap((line) => /^(.*) validates$/.exec(line)?.[1] ?? []))
      const verdicts = mutations.map(({ name, xml }, index) => {
        const { valid: own, problems } = validateElmoXml(Buffer.from(xml), { release: '1.7.0' })
        return { name, schema: valid.has(files[index] ?? ''), ours: own, rules: problems.map(({ rule }) => rule) }
      })
      expect(verdicts.filter(({ schema: theirs, ours: own }) => theirs !== own)).toEqual([])
      expect(new Set(verdicts.map(({ ours: own }) => own))).toEqual(new Set([true, false]))
    })
  })
})
