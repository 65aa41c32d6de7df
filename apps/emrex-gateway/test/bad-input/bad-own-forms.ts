import { formToken } from '@emrex-gateway/web'
import { form, type BadRequest } from './bad-request.js'
import type { Held, Scene } from './scene.js'

type Pick = (scene: Scene) => Held

interface Change {
  readonly cookie?: (scene: Scene) => string | undefined
  readonly token?: (scene: Scene) => string | undefined
  readonly fields?: string
  readonly url?: (url: string) => string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
}

/** What our own page would send, but for the change. */
const own = (pick: Pick, action: string, change: Change): BadRequest['request'] =>
  function request(scene) {
    const held = pick(scene)
    const [token, cookie] = [
      change.token === undefined ? held.token : change.token(scene),
      change.cookie === undefined ? held.cookie : change.cookie(scene),
    ]
    const address = action === '' ? held.url : `${held.url}/${action}`
    const { method = 'POST', fields = '', url = (same) => same } = change
    const body = form([token === undefined ? '' : `form-token=${token}`, fields].filter(Boolean).join('&'))
    const headers = {
      ...body.headers,
      'sec-fetch-site': 'same-origin',
      ...(cookie === undefined ? {} : { cookie }),
      ...change.headers,
    }
    return method === 'GET' ? { url: url(address), method, headers } : { url: url(address), ...body, headers }
  }

const abroad: Pick = ({ choosing }) => choosing
const home: Pick = ({ atHome }) => atHome
const review: Pick = ({ reviewing }) => reviewing
const staff: Pick = ({ staff }) => staff

const bad = (name: string, status: number, code: BadRequest['code'], request: BadRequest['request']): BadRequest => ({
  name,
  status,
  code,
  request,
})

/** Every way in which a form of ours comes from somewhere else than our page in the browser that owns the transfer. */
const foreign = (name: string, pick: Pick, action: string, other: Pick): readonly BadRequest[] => [
  bad(`${name}: without the form token`, 403, 'FORM_STALE', own(pick, action, { token: () => undefined })),
  bad(`${name}: with an invented form token`, 403, 'FORM_STALE', own(pick, action, { token: () => 'x'.repeat(43) })),
  bad(
    `${name}: with the form token of another transfer`,
    403,
    'FORM_STALE',
    own(pick, action, {
      token: (scene) => other(scene).token,
    }),
  ),
  bad(
    `${name}: from another site`,
    403,
    'FORM_STALE',
    own(pick, action, { headers: { 'sec-fetch-site': 'cross-site' } }),
  ),
  bad(
    `${name}: from a neighbour`,
    403,
    'FORM_STALE',
    own(pick, action, { headers: { 'sec-fetch-site': 'same-site' } }),
  ),
  bad(`${name}: without any cookie`, 403, 'OTHER_BROWSER', own(pick, action, { cookie: () => undefined })),
  bad(
    `${name}: with the cookie of another transfer`,
    403,
    'OTHER_BROWSER',
    own(pick, action, {
      cookie: (scene) => other(scene).cookie,
    }),
  ),
  bad(
    `${name}: with the secret of another transfer under its own name`,
    403,
    'OTHER_BROWSER',
    own(pick, action, {
      cookie: (scene) => renamed(pick(scene), other(scene)),
      token: (scene) => formToken(other(scene).secret, pick(scene).id),
    }),
  ),
  bad(
    `${name}: with its cookie twice`,
    403,
    'OTHER_BROWSER',
    own(pick, action, {
      cookie: (scene) => `${pick(scene).cookie}; ${renamed(pick(scene), other(scene))}`,
    }),
  ),
]

const renamed = (mine: Held, other: Held): string => `${mine.cookie.split('=')[0]}=${other.secret}`

/** Requests at transfers that are under way, and at sessions of staff. */
export const badOwnForms: readonly BadRequest[] = [
  ...foreign('choice of results', abroad, 'select', ({ atLogin }) => atLogin),
  ...foreign('sending', ({ atLogin }) => atLogin, 'send', abroad),
  ...foreign('import', review, 'accept', home),
  ...foreign('cancelling at home', home, 'cancel', review),
  ...foreign('decision of staff', staff, 'decide', ({ nearlyStaff }) => nearlyStaff),
  ...foreign('end of a case by hand', staff, 'close', ({ nearlyStaff }) => nearlyStaff),

  bad(
    'a transfer in a browser without its cookie',
    403,
    'OTHER_BROWSER',
    own(review, '', {
      method: 'GET',
      cookie: () => undefined,
    }),
  ),
  bad(
    'a transfer with the cookie of another',
    403,
    'OTHER_BROWSER',
    own(abroad, '', {
      method: 'GET',
      cookie: ({ atLogin }) => atLogin.cookie,
    }),
  ),
  bad(
    'a transfer that nobody has',
    404,
    'TRANSFER_UNKNOWN',
    own(abroad, '', {
      method: 'GET',
      url: (url) => `${url.slice(0, -4)}AAAA`,
    }),
  ),
  bad(
    'a form for a transfer that nobody has',
    404,
    'TRANSFER_UNKNOWN',
    own(abroad, 'send', {
      url: (url) => url.replace(/[^/]{4}\/send$/, 'AAAA/send'),
    }),
  ),
  bad(
    'a transfer of another NCP',
    404,
    'TRANSFER_UNKNOWN',
    own(abroad, '', {
      method: 'GET',
      url: (url) => url.replace('/ncp/poland/', '/ncp/norway/'),
    }),
  ),
  bad(
    'a transfer of another university',
    404,
    'TRANSFER_UNKNOWN',
    own(review, 'accept', {
      url: (url) => url.replace('/smp/nordfjord/', '/smp/solvik/'),
    }),
  ),
  bad(
    'a transfer of the other role',
    404,
    'TRANSFER_UNKNOWN',
    own(review, '', {
      method: 'GET',
      url: (url) => url.replace('/smp/nordfjord/', '/ncp/norway/'),
    }),
  ),
  bad(
    'a student’s transfer as a session of staff',
    410,
    'STAFF_SESSION_OVER',
    own(review, '', {
      method: 'GET',
      url: (url) => url.replace('/transfers/', '/staff/'),
    }),
  ),
  bad('an action that is not there', 404, 'PAGE_UNKNOWN', own(abroad, 'publish', {})),
  bad('an action by the name of an object’s own part', 404, 'PAGE_UNKNOWN', own(abroad, 'constructor', {})),
  bad('the page of a transfer as a form', 404, 'PAGE_UNKNOWN', own(abroad, '', {})),
  bad('a result that was not offered', 400, 'REQUEST_MALFORMED', own(abroad, 'select', { fields: 'result.9.9=yes' })),
  bad(
    'a login that is not there',
    404,
    'PAGE_UNKNOWN',
    own(({ atLogin }) => atLogin, 'login', {
      fields: 'login=eid-atlantis',
    }),
  ),
  bad('a form of 513 KiB', 413, 'BODY_TOO_LARGE', own(abroad, 'select', { fields: `a=${'x'.repeat(513 * 1024)}` })),

  bad(
    'a decision by somebody who did not log in',
    403,
    'STAFF_ONLY',
    own(({ nearlyStaff }) => nearlyStaff, 'decide', {
      fields: 'decision=accept&reason=because',
    }),
  ),
  bad(
    'a decision that is neither',
    400,
    'REQUEST_MALFORMED',
    own(staff, 'decide', { fields: 'decision=maybe&reason=x' }),
  ),
  bad(
    'a decision with 501 letters',
    400,
    'REQUEST_MALFORMED',
    own(staff, 'decide', {
      fields: `decision=accept&reason=${'x'.repeat(501)}`,
    }),
  ),
  bad(
    'a decision about no case',
    404,
    'TRANSFER_UNKNOWN',
    own(staff, 'decide', {
      fields: 'decision=accept&reason=x&case=nobody',
    }),
  ),
  bad(
    'a case by hand that ends in neither way',
    400,
    'REQUEST_MALFORMED',
    own(staff, 'close', { fields: 'decision=x' }),
  ),
  bad(
    'a case by hand ended by somebody who did not log in',
    403,
    'STAFF_ONLY',
    own(({ nearlyStaff }) => nearlyStaff, 'close', { fields: 'decision=taken' }),
  ),
  bad('a file of no case', 404, 'PAGE_UNKNOWN', own(staff, 'cases/nobody/files/document.xml', { method: 'GET' })),
  bad(
    'a file for somebody who did not log in',
    403,
    'STAFF_ONLY',
    own(({ nearlyStaff }) => nearlyStaff, 'cases/nobody/files/document.xml', { method: 'GET' }),
  ),
  bad(
    'a file for another browser',
    403,
    'OTHER_BROWSER',
    own(staff, 'cases/nobody/files/document.xml', { method: 'GET', cookie: () => undefined }),
  ),
]
