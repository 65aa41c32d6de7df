import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { reasons, type Identity, type ReasonCode } from '@emrex-gateway/core'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import {
  findUntranslatedText,
  pseudoLanguage,
  renderPage,
  sendPage,
  timeText,
  translator,
  type PageView,
} from '@emrex-gateway/web'
import type { StaffPage } from '../src/index.js'
import { smpPageView, staffPageView, type PageContext } from '../src/nest/index.js'
import { linkOnlyPageView, linkPageView } from '../src/nest/pages/link.page.js'
import { startPageView } from '../src/nest/pages/start.page.js'
import {
  asked,
  askedForAll,
  fileNames,
  otherFaces,
  receivedAt,
  sampleData,
  samplePages,
  staffPages,
} from './sample-pages.js'
import { document, verified } from './signed-documents.js'

const codes = Object.keys(reasons) as ReasonCode[]
const key = await makeThrowawaySigner({ commonName: 'Coast NCP' })
const held = verified(document, key)

type View = (context: PageContext) => Omit<PageView, 'site' | 'language'>
const student = Object.values(samplePages(held)).map((sample): [string, View[]] => {
  const faces = [sample, ...otherFaces(codes, held).filter(({ page }) => page === sample.page)]
  return [sample.page, faces.map((page) => (context) => smpPageView(page, context))]
})
const staff = (['staff-cases', 'staff-case', 'staff-login-failed'] as const).map((name): [string, View[]] => {
  const faces = staffPages(held, codes).filter(({ page }) => page === name)
  return [name, faces.map((page) => (context) => staffPageView(page, context))]
})
const start: View[] = [true, false].map(
  (hasStaff) =>
    ({ t, title, home }) =>
      startPageView(t, title, home, { hasStaff, byHand: hasStaff }),
)
const link: View[] = [asked, askedForAll].map((asks) => (context) => linkPageView(asks, context, '/smp/x/links/token'))
/** Every page with every face that it can show. */
const everyPage: [string, View[]][] = [
  ...([
    ['start', start],
    ['link', link],
    ['link-only', [(context) => linkOnlyPageView(context)]],
  ] as [string, View[]][]),
  ...student,
  ...staff,
]

const base = '/smp/x/transfers/1'
function viewIn(language: string, view: View, change: Partial<PageContext> = {}): PageView {
  const context = {
    ...change,
    t: translator(language),
    language,
    base,
    token: 'form-token',
    title: 'Kotiyliopisto',
    home: '/smp/x',
  }
  return { ...view(context), site: { name: 'Kotiyliopisto', home: '/smp/x' }, language }
}

/** The header that a browser gets with a page. */
function policyOf(view: View): string {
  const response = new ServerResponse(new IncomingMessage(new Socket()))
  sendPage(response, viewIn('en', view))
  return String(response.getHeader('Content-Security-Policy'))
}

describe('the pages of the SMP', () => {
  it.each(everyPage)('have no word of their own: %s', (_, faces) => {
    const data = [...sampleData, ...fileNames, timeText(receivedAt, pseudoLanguage)]
    for (const change of [{}, { byHand: { days: 30 } }, { isAsked: true }])
      for (const view of faces) {
        const html = renderPage(viewIn(pseudoLanguage, view, change))
        expect(findUntranslatedText(html, data)).toEqual([])
      }
  })

  it.each(everyPage)('are whole documents with a language, a title and one heading: %s', (_, faces) => {
    for (const face of faces) {
      const view = viewIn('en', face)
      const html = renderPage(view)
      expect(html).toMatch(/^<!DOCTYPE html><html lang="en">/)
      expect(html).toContain(`<title>${view.title} –`)
      expect(html.match(/<h1[\s>]/g)).toHaveLength(1)
      expect(html).toContain(`>${view.title}</h1>`)
      expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i)
    }
  })

  const posting = everyPage.filter(([name]) => name !== 'start' && name !== 'link')
  it.each(posting)('let every form that posts carry the token to an address of the transfer: %s', (_, faces) => {
    for (const face of faces) {
      const forms = renderPage(viewIn('en', face)).match(/<form method="post"[\s\S]*?<\/form>/g) ?? []
      for (const form of forms) {
        expect(form).toMatch(/^<form[^>]* action="\/smp\/x\/transfers\/1\/[a-z-]+"/)
        expect(form).toContain('value="form-token"')
      }
    }
  })

  it('offer a way out as long as something can be stopped', () => {
    const canStop = student.filter(([, [face]]) => renderPage(viewIn('en', face!)).includes(`action="${base}/cancel"`))
    expect(canStop.map(([name]) => name)).toEqual([
      'choose-login',
      'login-failed',
      'second-proof',
      'choose-ncp',
      'waiting',
      'review',
    ])
  })

  const leadAway = ['start', 'link', 'choose-login', 'login-failed', 'second-proof', 'choose-ncp', 'waiting']
  it.each(everyPage)('restrict where their forms lead, unless one leads to a login or an NCP: %s', (name, faces) => {
    for (const face of faces) {
      const directive = policyOf(face)
        .split('; ')
        .filter((part) => part.startsWith('form-action'))
      const leadsAway = leadAway.includes(name) || renderPage(viewIn('en', face)).includes(`action="${base}/log-out"`)
      expect(directive).toEqual(leadsAway ? [] : ["form-action 'self'"])
    }
  })

  it('show the own university with the reason why it cannot be chosen, and without a button', () => {
    const html = renderPage(viewIn('en', student.find(([name]) => name === 'choose-ncp')![1][0]!))
    expect(html.match(/name="ncp" value="[^"]+"/g)).toEqual(['name="ncp" value="coast"', 'name="ncp" value="hills"'])
    expect(html).toContain('This is where you are now.')
  })

  it('have the status that the table gives to an end', () => {
    const statusOf = (code: ReasonCode) =>
      viewIn('en', (context) => smpPageView({ page: 'ended', code, fields: [] }, context)).status
    expect(codes.map(statusOf)).toEqual(codes.map((code) => reasons[code].status))
  })

  it.each(['needs-staff', 'ended'] as const)('give the number by which staff find the transfer: %s', (name) => {
    const page = samplePages(held)[name]
    const html = renderPage(viewIn('en', (context) => smpPageView(page, { ...context, base: '/x/6fd1e0a7-93c5' })))
    expect(html).toContain('Reference number <code>6fd1e0a7</code>')
  })

  it('say of a stopped transfer what holds also for somebody who had sent the results already', () => {
    const html = renderPage(
      viewIn('en', (context) => smpPageView({ page: 'ended', code: 'USER_CANCEL', fields: [] }, context)),
    )
    expect(html).toContain('You stopped before the end. No results were taken over.')
    expect(html).not.toContain('No results were sent')
  })

  it('speak of no study register while an import takes long: an applicant has none, and other reasons are as likely', () => {
    const face: View = (context) => smpPageView({ page: 'importing', ncp: 'Coast NCP', tries: 'again' }, context)
    for (const change of [{}, { byHand: { days: 30 } }, { isAsked: true }])
      expect(renderPage(viewIn('en', face, change))).not.toContain('study register')
  })

  it('ask for nothing to search by that no list of NCPs has', () => {
    const face: View = (context) => smpPageView(samplePages(held)['choose-ncp'], context)
    expect(renderPage(viewIn('en', face))).toContain('<label for="query">University or country</label>')
  })

  it('say nowhere that anything is imported, where staff enter it by hand', () => {
    const byHand = { days: 30 }
    // Nobody comes to this one there.
    const others = student.filter(([name]) => name !== 'imported').flatMap(([, faces]) => faces)
    for (const face of [start[0]!, ...others]) {
      const html = renderPage(viewIn('en', face, { byHand })).replace('Nothing was imported twice.', '')
      expect(html).not.toMatch(/into (my|your) record|(being|was|were) imported/)
    }
    const handedOver = student.find(([name]) => name === 'handed-over')![1][0]!
    expect(renderPage(viewIn('en', handedOver, { byHand }))).toContain(
      '2 results from Coast NCP were handed to the staff of Kotiyliopisto as case 48151623. They decide; nothing is recorded yet.',
    )
  })

  it('show staff the birth dates of both sides, also of a document that has it where ELMO 2.0 does, without a time zone behind it', () => {
    const { bday: _obsolete, ...learner } = document.learner
    const young = { ...learner, alternativeName: { value: '' }, dateOfBirth: '1952-10-14+02:00' }
    const inV2 = verified({ ...document, learner: young }, key, '2.0.0')
    const htmlOf = (page: StaffPage) => renderPage(viewIn('en', (context) => staffPageView(page, context)))
    const faces = staffPages(inV2, codes)
    const [, toDecide = ''] = htmlOf(faces[0]!).split('<section class="case"')
    expect(toDecide).toContain('<bdi>Aino Esimerkki</bdi>, 1952-10-14')
    expect(toDecide.match(/1952-10-14/g)).toHaveLength(2)
    expect(toDecide).not.toContain('+02:00')

    const byHand = faces.find(({ page }) => page === 'staff-case') as StaffPage & { page: 'staff-case' }
    const { bday: _at, ...owner } = byHand.open.owner.learner
    const ofV2 = { ...byHand.open.owner, learner: { ...owner, dateOfBirth: '1952-10-15Z' } }
    expect(htmlOf({ ...byHand, open: { ...byHand.open, owner: ofV2 } })).toMatch(
      /<bdi>Aino Mallikas<\/bdi>, 1952-10-15\b(?!Z)/,
    )
  })

  it('show staff all that the two sides are compared by: every name of a login, dates and numbers, and what is missing', () => {
    const { bday: _none, ...unborn } = document.learner
    const identity: Identity = {
      ...{ provider: 'campus', issuer: 'urn:test', subject: 'opaque-1', loa: 'low', authenticatedAt: receivedAt },
      names: [
        { given: 'Aino', family: 'Mallikas', kind: 'current' },
        { given: 'Aino', family: 'Esimerkki', kind: 'birth' },
        { given: 'Айно', family: 'Малликас', kind: 'current', script: 'native' },
      ],
      identifiers: [
        { scheme: 'national:FI', value: '131052-308T', persistence: 'lifelong' },
        { scheme: 'oidc-sub', value: 'opaque-1', persistence: 'pairwise' },
      ],
      roles: [],
    }
    const identifier = [{ type: 'nationalIdentifier', value: '131052-308T' }]
    const unsure = verified({ ...document, learner: { ...unborn, identifier } }, key)
    const [cases] = staffPages(unsure, codes) as [StaffPage & { page: 'staff-cases' }]
    const sides = (login: Identity) => {
      const open = { ...cases.cases[0]!, home: { ...document.learner, identifier }, identity: login }
      const html = renderPage(viewIn('en', (context) => staffPageView({ ...cases, cases: [open] }, context)))
      return ['Here', 'At the login', 'In the document'].map((side) =>
        new RegExp(`<dt>${side}</dt><dd>(.*?)</dd>`).exec(html)?.[1]?.replace(/<[^>]*>/g, ''),
      )
    }
    expect(sides(identity)).toEqual([
      'Aino Esimerkki, 1952-10-13, National identity number 131052-308T',
      'Aino Mallikas, name at birth Aino Esimerkki, Айно Малликас, no date of birth, National identity number (FI) 131052-308T',
      'Aino Esimerkki, no date of birth, National identity number 131052-308T',
    ])
    const nameless: Identity = { ...identity, names: [], birthDate: { value: '1952-10', precision: 'month' } }
    expect(sides(nameless)[1]).toBe('no name, 1952-10, National identity number (FI) 131052-308T')
    const told = (scheme: Identity['identifiers'][number]['scheme']) =>
      sides({ ...nameless, identifiers: [{ scheme, value: '7', persistence: 'lifelong' }] })[1]?.split(', ')[2]
    expect(told('student:hav.example')).toBe('Student number (hav.example) 7')
    expect(told('learner-id')).toBe('Learner number 7')
    expect(told('eidas')).toBe('eIDAS identifier 7')
  })

  it('say of two family names that differ that one is a name at birth, and not that they are the same', () => {
    const html = renderPage(viewIn('en', (context) => staffPageView(staffPages(held, codes)[0]!, context)))
    const [, , ofOne] = html.split('<section class="case"')
    expect(ofOne).toContain('<bdi>Aino Mallikas</bdi>, <bdi>name at birth Esimerkki</bdi>, 1952-10-13')
    expect(ofOne).toContain('<li>Compared with a name at birth, the family name is the same.</li>')
    expect(ofOne).not.toContain('<li>The family name is the same.</li>')
  })

  it('keep a name from turning round the birth date and the numbers behind it, as Arabic letters do', () => {
    const arabic = { ...document.learner, givenNames: 'محمد', familyName: 'الأحمد' }
    const htmlOf = (page: StaffPage) => renderPage(viewIn('en', (context) => staffPageView(page, context)))
    const faces = staffPages(verified({ ...document, learner: arabic }, key), codes)
    expect(htmlOf(faces[0]!)).toContain('<bdi>محمد الأحمد</bdi>, 1952-10-13')

    const byHand = faces.find(({ page }) => page === 'staff-case') as StaffPage & { page: 'staff-case' }
    const owner = { ...byHand.open.owner, learner: { ...arabic, identifier: [{ type: 'x', value: '131052-308T' }] } }
    expect(htmlOf({ ...byHand, open: { ...byHand.open, owner } })).toContain(
      '<bdi>محمد الأحمد</bdi>, 1952-10-13, 131052-308T',
    )
  })

  it('renew themselves only while an import is under way', () => {
    const renewing = everyPage.filter(([, [face]]) => viewIn('en', face!).refreshSeconds !== undefined)
    expect(renewing.map(([name]) => name)).toEqual(['importing'])
  })
})
