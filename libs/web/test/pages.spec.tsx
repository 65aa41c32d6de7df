import { reasons, type ReasonCode } from '@emrex-gateway/core'
import { findUntranslatedText, problemPage, pseudoLanguage, renderPage, type PageView } from '../src/index.js'
import { choicePage } from '../src/pages/choice-page.js'
import { handOffPage } from '../src/pages/hand-off-page.js'
import { sampleData, samplePage } from './sample-pages.js'

const codes = Object.keys(reasons) as ReasonCode[]
const frame = (language: string) => ({ site: { name: 'Example University', home: '/start' }, language })
const choice = {
  kind: 'choice',
  url: '/x',
  title: 'Aino Esimerkki',
  field: 'f',
  fields: {},
  cancelValue: 'no',
  options: Array.from({ length: 9 }, (_, index) => ({ value: `${index}`, label: 'Aino Esimerkki' })),
} as const
const post = { kind: 'post', url: 'https://smp.example/x', fields: { a: 'b' } } as const

const pages = (language: string): [string, PageView][] => [
  ['every component', samplePage(frame(language))],
  ['a choice', choicePage(choice, frame(language))],
  ['a hand-off', handOffPage(post, frame(language))],
  ...codes.map((code): [string, PageView] => [code, problemPage(code, frame(language), { reference: '0a1b2c' })]),
]

describe('every page', () => {
  it.each(pages('en'))('is a whole document without anything inline: %s', (_, view) => {
    const html = renderPage(view)
    expect(html).toMatch(/^<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"\/>/)
    expect(html.match(/<h1 /g)).toHaveLength(1)
    expect(html).toContain('<a class="skip-link" href="#content">')
    expect(html).toContain('<main id="content"')
    expect(html).toContain('name="viewport"')
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i)
    expect(html.match(/<script[^>]*>/g)).toEqual([expect.stringMatching(/ src="\/assets\/site\.js\?v=/)])
  })

  it.each(pages(pseudoLanguage))('has no word that cannot be translated: %s', (_, view) => {
    expect(findUntranslatedText(renderPage(view), [...sampleData, 'smp.example', '0a1b2c'])).toEqual([])
  })
})

describe('renderPage', () => {
  it('escapes whatever stands in a text, a name or an attribute', () => {
    const attack = '"><script>alert(1)</script>'
    const html = renderPage({ ...samplePage(frame('en')), title: attack, site: { name: attack, home: attack } })
    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('""><')
  })

  it('marks the language of a title that is not in the language of the page', () => {
    expect(renderPage(samplePage(frame('en')))).toContain('<span lang="fi" dir="auto">Johdatus ohjelmointiin</span>')
  })
})

describe('problemPage', () => {
  it.each(codes)('tells what happened, what to do next and the reference: %s', (code) => {
    const view = problemPage(code, frame('en'), { reference: '0a1b2c' })
    const html = renderPage(view)
    expect(view.status).toBe(reasons[code].status)
    expect(html.match(/<p>[^<]{20,}<\/p>/g)).toHaveLength(2)
    expect(html).toContain('<code>0a1b2c</code>')
    expect(html).not.toContain(`>${code}`)
  })
})
