import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWith } from '@emrex-gateway/testing'
import { simpleTypes } from '../src/grammar/simple-types.js'
import { randomFrom } from './oracle/mutate.js'

const count = 5000

const times = {
  whole: ['2024-02-29', '2023-12-31Z', '2024-02-29T10:00:00', '2024-12-31T23:59:59.5+02:00'],
  parts:
    '2024|-|01|02|13|31|30|29|T|10|:|00|59|60|24|.|123|Z|+|14|+02:00|-13:59|T24:00:00|1900-02-29|-0001|0000|t'.split(
      '|',
    ),
}

/** What values are made of: whole ones, in which something is changed, and parts that are put in a row. */
const types = {
  date: times,
  dateTime: times,
  duration: { whole: ['P1Y2M3DT4H5M6S', 'PT1.5S'], parts: 'P|-|1|Y|M|D|T|H|S|.|5|0|W|+|PT|12'.split('|') },
  decimal: { whole: ['12.5', '-3'], parts: '1|0|.|+|-|e|E|5|,|00|INF| '.split('|') },
  nonNegativeInteger: { whole: ['12'], parts: '1|0|+|-|00|.|e|9| '.split('|') },
  language: { whole: ['en-US'], parts: 'en|-|US|x|i|abcdefgh|abcdefghi|1|_|é|EN|9'.split('|') },
  anyURI: {
    whole: ['https://user@host.example:80/a/b?c=d#e', 'urn:x:y', '../a', 'http://[::1]/'],
    parts:
      `a,b1,-,_,.,~,:,/,//,?,#,[,],@,!,$,&,',(,),*,+,;,=,%,%41,%4,%zz, ,é,<,",{,|,\\,^,\`,http:,http://,mailto:,::1,:80,:8a,[::1],0,\u{1d7d8}`.split(
        ',',
      ),
  },
  ID: { whole: ['_a-1.b'], parts: 'a|_|-|.|1|:|é| |Ω|中|@'.split('|') },
} satisfies Partial<Record<keyof typeof simpleTypes, unknown>>

/** Seconds with a point and nothing behind it: xmllint takes them, XML Schema does not. */
const isOpenEnded = /^-?P.*\.\D/

/** Values of a type, and others that look like some; white space as a reader leaves it. */
function valuesOf({ whole, parts }: { whole: readonly string[]; parts: readonly string[] }): string[] {
  const pick = randomFrom(20_261_128)
  const part = () => parts[pick(parts.length)] as string
  return Array.from({ length: count }, () => {
    const characters = [...(whole[pick(whole.length)] as string)]
    characters.splice(pick(characters.length + 1), pick(3), part())
    const made = pick(3) ? characters.join('') : Array.from({ length: 1 + pick(5) }, part).join('')
    return made.replace(/ +/g, ' ').trim()
  }).filter((value) => !isOpenEnded.test(value))
}

const schema = (type: string): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="all"><xs:complexType><xs:sequence>
  <xs:element name="it" maxOccurs="unbounded"><xs:complexType><xs:attribute name="is" type="xs:${type}"/></xs:complexType>
  </xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>`

const attribute = (value: string): string => value.replace(/[&<"]/g, (character) => `&#${character.charCodeAt(0)};`)

describeWith(describe, 'xmllint', 'the types of text', () => {
  const folder = mkdtempSync(join(tmpdir(), 'elmo-types-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  /** What xmllint takes of some values: each stands in a line of its own, which an error names. */
  function takenByXmllint(type: string, values: readonly string[]): string[] {
    const [xsd, xml] = [join(folder, `${type}.xsd`), join(folder, `${type}.xml`)]
    writeFileSync(xsd, schema(type))
    writeFileSync(xml, `<all>${values.map((value) => `<it is="${attribute(value)}"/>`).join('\n')}</all>`)
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--schema', xsd, xml], { encoding: 'utf8' })
    expect(status).toBe(3)
    const refused = new Set(Array.from(stderr.matchAll(/\.xml:(\d+): element it: /g), ([, line]) => Number(line)))
    return values.filter((_, index) => !refused.has(index + 1))
  }

  it.each(Object.entries(types))(`give the same verdict as xmllint on ${count} made-up values: %s`, (type, made) => {
    // Each once: an ID that comes again is an error of another kind.
    const values = [...new Set(valuesOf(made))]
    const { isValid } = simpleTypes[type as keyof typeof types]
    const theirs = takenByXmllint(type, values)
    expect(values.filter((value) => isValid?.(value))).toEqual(theirs)
    expect(theirs.length).toBeGreaterThan(15)
  })
})
