import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { reasons, shownCountry, type ReasonCode } from '@emrex-gateway/core'
import {
  findUntranslatedText,
  pseudoLanguage,
  renderPage,
  sendPage,
  timeText,
  translator,
  type PageView,
} from '@emrex-gateway/web'
import type { NcpPage } from '../src/index.js'
import { ncpPageView } from '../src/nest/index.js'
import { otherFaces, requestedAt, sampleData, sampleElmo, samplePages } from './sample-pages.js'

const codes = Object.keys(reasons) as ReasonCode[]
/** Every page with every face that it can show. */
const everyPage = Object.values(samplePages).map((sample): [string, NcpPage[]] => [
  sample.page,
  [sample, ...otherFaces(codes).filter(({ page }) => page === sample.page)],
])

function viewOf(page: NcpPage, language: string, base = '/ncp/x/transfers/1'): PageView {
  const context = {
    t: translator(language),
    language,
    base,
    token: 'form-token',
    title: 'Landes-NCP',
  }
  return { ...ncpPageView(page, context), site: { name: 'Landes-NCP' }, language }
}

/** The header that a browser gets with a page. */
function policyOf(page: NcpPage): string {
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  sendPage(response, viewOf(page, 'en'))
  return String(response.getHeader('Content-Security-Policy'))
}

describe('the pages of the NCP', () => {
  it.each(everyPage)('have no word of their own: %s', (_, faces) => {
    const { citizenship = '' } = sampleElmo.learner
    const data = [...sampleData, timeText(requestedAt, pseudoLanguage), shownCountry(citizenship, pseudoLanguage)]
    for (const page of faces) expect(findUntranslatedText(renderPage(viewOf(page, pseudoLanguage)), data)).toEqual([])
  })

  it.each(everyPage)('are whole documents with a language, a title and one heading: %s', (_, faces) => {
    for (const page of faces) {
      const view = viewOf(page, 'en')
      const html = renderPage(view)
      expect(html).toMatch(/^<!DOCTYPE html><html lang="en">/)
      expect(html).toContain(`<title>${view.title} –`)
      expect(html.match(/<h1[\s>]/g)).toHaveLength(1)
      expect(html).toContain(`>${view.title}</h1>`)
      expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i)
    }
  })

  it.each(everyPage)('let every form carry the token of the transfer to an address of the transfer: %s', (_, faces) => {
    for (const page of faces) {
      const forms = renderPage(viewOf(page, 'en')).match(/<form[\s\S]*?<\/form>/g) ?? []
      const offersNothing =
        page.page === 'ended' ||
        page.page === 'receipt' ||
        (page.page === 'sent' && !page.again && page.leave === undefined)
      expect(forms.length > 0).toBe(!offersNothing)
      for (const form of forms) {
        expect(form).toMatch(/^<form[^>]* action="\/ncp\/x\/transfers\/1\/[a-z-]+"/)
        expect(form).toContain('value="form-token"')
      }
    }
  })

  const leadToALogin = ['confirm-receiver', 'choose-login', 'login-failed', 'second-proof']
  it.each(everyPage)('restrict where their forms lead, unless one leads to a login: %s', (name, faces) => {
    for (const page of faces) {
      const directive = policyOf(page)
        .split('; ')
        .filter((part) => part.startsWith('form-action'))
      const leadsAway = leadToALogin.includes(name) || ('leave' in page && page.leave !== undefined)
      expect(directive).toEqual(leadsAway ? [] : ["form-action 'self'"])
    }
  })

  it('name the receiver and its address before anything is sent', () => {
    const html = renderPage(viewOf(samplePages.preview, 'en'))
    expect(html).toContain('Send to hochschule-süd.example')
    const before = renderPage(viewOf(samplePages['confirm-receiver'], 'en'))
    expect(before).toContain('hochschule-süd.example')
    expect(before).toContain('xn--hochschule-sd-7ob.example')
  })

  it('show everything of the person that is about to be sent', () => {
    const html = renderPage(viewOf(samplePages.preview, 'en'))
    const { givenNames, familyName, bday, birthName, placeOfBirth } = sampleElmo.learner
    const address = 'Kuvitelmakatu 1, 00000, Satula'
    for (const value of [
      givenNames,
      familyName,
      bday,
      birthName,
      placeOfBirth,
      'Zimbabwe (ZW)',
      'Female',
      address,
      'a-1',
    ])
      expect(html).toContain(value)
  })

  it.each(['select-results', 'preview'] as const)('tell also who hears them what is a part of what: %s', (page) => {
    expect(renderPage(viewOf(samplePages[page], 'en'))).toMatch(
      /Harjoitukset<\/span><span class="visually-hidden"> \(part of <bdi lang="fi">Johdatus ohjelmointiin<\/bdi>\)/,
    )
  })

  it.each([
    ['select-results', '<legend><span lang="fi" dir="auto">Rantayliopisto</span></legend>'],
    ['preview', '<caption><span lang="fi" dir="auto">Rantayliopisto</span></caption>'],
    ['preview', '<li><bdi lang="fi">Opintosuoriteote</bdi> (1 kB)</li>'],
  ] as const)('give the names of institutions and attachments the language they are in: %s', (page, name) => {
    expect(renderPage(viewOf(samplePages[page], 'en'))).toContain(name)
  })

  it('speak of unticking only where there is something to untick', () => {
    const shown = (wholeOnly: boolean) =>
      renderPage(viewOf({ ...samplePages['select-results'], ...(wholeOnly ? { wholeOnly } : {}) }, 'en'))
    expect(shown(false)).toMatch(/Untick what you do not want .*In the next step you see exactly what will be sent/)
    expect(shown(true)).not.toContain('Untick')
    expect(shown(true)).toContain('In the next step you see exactly what will be sent')
  })

  it('say at the top, where it is read first, that an attachment could not be read, and lead to what can be done', () => {
    const unread = ['Opintosuoriteote']
    const html = renderPage(viewOf({ ...samplePages['select-results'], unread }, 'en'))
    expect(html).toMatch(
      /<\/h1><section class="error-summary"[^>]* data-focus[^>]*>.*<a href="#without-unread">An attachment could not be read<\/a>/,
    )
    expect(html).toContain('<input id="without-unread" type="checkbox"')
  })

  it.each(['answering', 'ended'] as const)('give the reference number that some texts ask for: %s', (name) => {
    const [face] = otherFaces(['INTERNAL']).filter(({ page }) => page === name)
    const html = renderPage(viewOf(face!, 'en', '/ncp/x/transfers/6fd1e0a7-93c5'))
    expect(html).toContain('Reference number <code>6fd1e0a7</code>')
  })

  it.each(['COMPLETED', 'DOC_SCHEMA', 'ID_MISMATCH'] as const)(
    'say of an end nothing that only a receiver can: %s',
    (code) => {
      for (const page of otherFaces([code]).filter((face) => 'code' in face && face.code === code))
        expect(renderPage(viewOf(page, 'en'))).not.toMatch(/import|arrived|cannot read/)
    },
  )

  it('show the birth date also where a record has it as ELMO 2.0 does, without a time zone behind it', () => {
    const { bday: _obsolete, ...learner } = sampleElmo.learner
    const elmo = { ...sampleElmo, learner: { ...learner, dateOfBirth: '1952-10-14+02:00' } }
    for (const page of [
      { ...samplePages['select-results'], elmo },
      { ...samplePages.preview, elmo },
    ]) {
      const html = renderPage(viewOf(page, 'en'))
      expect(html).toContain('1952-10-14')
      expect(html).not.toContain('+02:00')
    }
  })

  it('have the status that the table gives to an end', () => {
    const statusOf = (code: ReasonCode) => viewOf({ page: 'ended', code }, 'en').status
    expect(codes.map(statusOf)).toEqual(codes.map((code) => reasons[code].status))
  })
})
