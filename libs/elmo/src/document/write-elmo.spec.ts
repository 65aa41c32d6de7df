import { goldenElmo } from '../../test/golden.js'
import { ElmoError } from '../elmo-error.js'
import { readElmo } from './read-elmo.js'
import { writeElmo } from './write-elmo.js'

const written = (elmo: Parameters<typeof writeElmo>[0]): string => Buffer.from(writeElmo(elmo)).toString()

describe('writeElmo', () => {
  it('refuses a model that breaks the table, with every problem', () => {
    const elmo = goldenElmo('minimal')
    elmo.generatedDate = 'today'
    elmo.reports = []
    let thrown: unknown
    try {
      writeElmo(elmo)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(ElmoError)
    const { code, details, message } = thrown as ElmoError
    expect(code).toBe('ELMO_INVALID')
    expect(details.problems?.map(({ rule }) => rule)).toEqual(['GRAMMAR-VALUE', 'GRAMMAR-MISSING'])
    expect(message).not.toContain('today')
  })

  it('keeps every character of a string through markup, line ends and attributes', () => {
    const elmo = goldenElmo('maximal')
    const odd = ' a\r\n\tb & <c> ]]> "d" \'e\' \u0085\u2028😀 '
    elmo.groups = [{ id: odd, title: [{ value: 'x' }] }]
    elmo.learner.currentAddress = { addressLine: [odd] }
    const { elmo: read } = readElmo(writeElmo(elmo))
    expect(read.groups?.[0]?.id).toBe(odd)
    expect(read.learner.currentAddress?.addressLine).toEqual([odd])
  })

  it('writes markup in texts and attributes as canonical form does', () => {
    const elmo = goldenElmo('minimal')
    const text = 'é & <a> "b" \'c\' ]]>'
    elmo.learner.familyName = text
    elmo.learner.identifier = [{ type: text, value: '1' }]
    expect(written(elmo)).toContain('<familyName>é &amp; &lt;a&gt; "b" \'c\' ]]&gt;</familyName>')
    expect(written(elmo)).toContain('<identifier type="é &amp; &lt;a> &quot;b&quot; \'c\' ]]>">1</identifier>')
    const { learner } = readElmo(writeElmo(elmo)).elmo
    expect([learner.familyName, learner.identifier?.[0]?.type]).toEqual([text, text])
  })

  it('collapses white space of tokens, as every reader would', () => {
    const elmo = goldenElmo('minimal')
    elmo.learner.familyName = ' van\n\t den  Test '
    expect(written(elmo)).toContain('<familyName>van den Test</familyName>')
  })

  it.each(['\t', '\n', '\r', '  ', ' '])('collapses white space of long tokens: %j', (space) => {
    const elmo = goldenElmo('minimal')
    const [half, more] = ['a'.repeat(5000), space === ' ' ? ' ' : '']
    elmo.learner.familyName = `${more}${half}${space}${half}`
    expect(written(elmo)).toContain(`<familyName>${half} ${half}</familyName>`)
    elmo.learner.familyName = `${half}${space}${half}${more}`
    expect(written(elmo)).toContain(`<familyName>${half} ${half}</familyName>`)
  })

  it('writes raw XML so that it means the same anywhere', () => {
    const elmo = goldenElmo('minimal')
    elmo.extension = ['<?xml version="1.0"?><!-- gone --><x:a xmlns:x="urn:x"><plain/></x:a>']
    const raw = '<x:a xmlns="" xmlns:x="urn:x"><plain></plain></x:a>'
    expect(written(elmo)).toContain(`<extension>${raw}</extension>`)
    expect(readElmo(writeElmo(elmo)).elmo.extension).toEqual([raw])
  })

  it.each([
    ['twice the same', [{ name: 'lang' }, { name: 'lang' }], 'GRAMMAR-RAW'],
    ['a declaration', [{ name: 'p', namespace: 'http://www.w3.org/2000/xmlns/' }], 'GRAMMAR-RAW'],
    ['one of nobody', [{ name: 'x', namespace: '' }], 'GRAMMAR-UNKNOWN-ATTRIBUTE'],
  ])('refuses attributes of an extension that no document can have: %s', (_, attributes, rule) => {
    const elmo = goldenElmo('minimal')
    const namespace = 'http://www.w3.org/XML/1998/namespace'
    elmo.extensionAttributes = attributes.map((each) => ({ namespace, value: 'en', ...each }))
    const details = expect.objectContaining({ problems: [expect.objectContaining({ rule })] }) as unknown
    expect(() => writeElmo(elmo)).toThrow(expect.objectContaining({ code: 'ELMO_INVALID', details }))
  })

  it('takes an attachment of 40 MB', () => {
    const elmo = goldenElmo('minimal')
    const value = `data:application/pdf;base64,${'A'.repeat(40 * 1024 * 1024)}`
    elmo.attachments = [{ content: [{ value }] }]
    const xml = writeElmo(elmo)
    expect(xml.length - value.length).toBeLessThan(1500)
    expect(readElmo(xml).elmo.attachments?.[0]?.content?.[0]?.value === value).toBe(true)
  })

  it('writes an extension of 200,000 elements', () => {
    const extension = Array.from({ length: 200_000 }, () => '<x xmlns="urn:x"/>')
    const written = Buffer.from(writeElmo({ ...goldenElmo('minimal'), extension }))
    expect(written.toString().split('<x xmlns="urn:x"></x>')).toHaveLength(200_001)
  }, 120_000)
})
