import { PlainBrowser } from '@emrex-gateway/testing'
import { carryStory, loginName } from '@emrex-gateway/town'
import { storyOf, TownUnderTest } from '../town-under-test.js'
import { pressAtLogin } from './held-answer.js'
import { rewriteTown, type TownSettingsFile } from './rewrite-town.js'

const minuteMs = 60_000
/** Ends as a case for the staff of its home. */
const story = storyOf('changed-name')
const { home } = story
// The same university twice: the second one takes the other login for its staff.
const ways = [
  { how: 'OpenID Connect', login: 'staff-oidc', entry: home },
  { how: 'SAML', login: 'staff-saml', entry: `${home}-again` },
] as const

let under: TownUnderTest
beforeAll(async () => {
  under = await TownUnderTest.start({
    realLogins: true,
    rewriteSettings: rewriteTown(({ logins, smp }) => {
      logins.push(forStaff(logins, 'town-oidc', 'staff-oidc'), forStaff(logins, 'town-saml', 'staff-saml'))
      const own = smp.find(({ id }) => id === home)!
      own.staffLogin = 'staff-oidc'
      smp.push({ ...own, id: `${home}-again`, staffLogin: 'staff-saml' })
    }),
  })
}, 3 * minuteMs)
afterAll(() => under.stop(), minuteMs)

/** The same login as the one for students, but that nobody need say when they were born. */
function forStaff(logins: TownSettingsFile['logins'], of: string, id: string): TownSettingsFile['logins'][number] {
  const { plugin, settings } = logins.find((login) => login.id === of)!
  const name = plugin === 'saml' ? 'attributes' : 'claims'
  const rules = settings[name] as readonly { readonly gives: string }[]
  return { id, plugin, settings: { ...settings, [name]: rules.filter(({ gives }) => gives !== 'birth-date') } }
}

describe.each(ways)('staff who log in by $how', ({ login, entry }) => {
  /** To the page that the login leads to, as this person. */
  async function logInAs(person: string): Promise<PlainBrowser> {
    const browser = new PlainBrowser()
    await browser.open(under.town.smpUrl(entry))
    await browser.press({ action: '/staff' })
    await pressAtLogin(browser, loginName(person))
    return browser
  }

  it(
    'decide a case when the login gives them the role, by the name that the login knows them by',
    async () => {
      const student = await carryStory(story, under.town.smpUrl(entry))
      expect(student.heading).toBe('A person will look at this')
      const staff = await logInAs(`staff-${home}`)
      expect(staff.heading).toBe('Cases that need a decision')
      await staff.press({ action: 'decide', button: 'Same person: import', fields: { reason: 'Saw the passport' } })
      expect(staff.page.status).toBe(200)
      const transferId = student.page.url.split('/').at(-1)!
      const [accepted] = (await under.audit(transferId)).filter(({ event }) => event === 'case.accepted')
      expect(accepted).toMatchObject({ author: `${login}:staff-${home}`, reason: 'Saw the passport' })
      await under.town.background.deliver()
      await student.open(student.page.url)
      expect(student.heading).toBe('Your university has your results')
    },
    minuteMs,
  )

  it(
    'see nothing when it does not, and cannot decide',
    async () => {
      const nobody = await logInAs(story.student)
      expect([nobody.heading, nobody.text]).toEqual([
        'No access',
        expect.stringContaining('Your login does not say that you may see this page.'),
      ])
      expect(nobody.forms.filter(({ action }) => action.includes('decide'))).toEqual([])
      const staff = await logInAs(`staff-${home}`)
      expect(staff.heading).toBe('Cases that need a decision')
    },
    minuteMs,
  )

  it(
    'see nothing after they cancelled',
    async () => {
      const browser = new PlainBrowser()
      await browser.open(under.town.smpUrl(entry))
      await browser.press({ action: '/staff' })
      await pressAtLogin(browser, 'Cancel')
      expect(browser.heading).toBe('No access')
      const evidence = await under.audit(browser.page.url.split('/').at(-1)!)
      expect(evidence.find(({ event }) => event === 'login.failed')).toMatchObject({
        code: 'USER_CANCEL',
        facts: { provider: login, detail: expect.stringMatching(/^[a-z-]+$/) },
      })
    },
    minuteMs,
  )
})

it('tells the operator of a login for staff where answers come, and none where staff have another', async () => {
  const [, saml] = ways
  const metadata = await (await fetch(`${under.town.smpUrl(saml.entry)}/staff/login/metadata`)).text()
  expect(metadata).toContain(`Location="${under.town.smpUrl(saml.entry)}/staff/login/callback"`)
  expect(metadata).toContain(`Location="${under.town.smpUrl(saml.entry)}/login/staff-saml/logout"`)
  expect((await fetch(`${under.town.smpUrl('nordfjord')}/staff/login/metadata`)).status).toBe(404)
})
