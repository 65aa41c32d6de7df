import { form, type BadRequest } from './bad-request.js'
import { badForms } from './bad-forms.js'
import { badReturnUrls } from './bad-return-urls.js'
import type { Scene } from './scene.js'

const ncp = ({ under }: Scene) => under.town.ncpUrl('poland')
const good = { sessionId: 'S-1', returnUrl: 'https://smp.example/return' }
const fields = (change: Readonly<Record<string, string>>): string =>
  new URLSearchParams({ ...good, ...change }).toString()

const malformed = (name: string, text: string): BadRequest[] => [
  {
    name: `request: ${name}`,
    status: 400,
    code: 'REQUEST_MALFORMED',
    request: (scene) => ({ url: ncp(scene), ...form(text) }),
  },
  {
    name: `request as a link: ${name}`,
    status: 400,
    code: 'REQUEST_MALFORMED',
    request: (scene) => ({ url: `${ncp(scene)}?${text}`, method: 'GET' }),
  },
]

const refused = badReturnUrls.map(([what, returnUrl]): BadRequest => ({
  name: `request: the return address is ${what}`,
  status: 400,
  code: 'RECEIVER_REFUSED',
  request: (scene) => ({ url: ncp(scene), ...form(fields({ returnUrl })) }),
}))

const login = (name: string, status: number, code: BadRequest['code'], request: BadRequest['request']): BadRequest => ({
  name: `login abroad: ${name}`,
  status,
  code,
  request,
})
const callback = (scene: Scene, provider = 'eid-poland') => `${ncp(scene)}/login/${provider}/callback`

/** Requests to an NCP that belong to no transfer of the sender. */
export const badNcpRequests: readonly BadRequest[] = [
  ...badForms('request', ncp, good),
  ...malformed('nothing in it', ''),
  ...malformed('no sessionId', 'returnUrl=https://smp.example/'),
  ...malformed('no returnUrl', 'sessionId=S-1'),
  ...malformed('an empty sessionId', fields({ sessionId: '' })),
  ...malformed('an empty returnUrl', fields({ returnUrl: '' })),
  ...malformed('two sessionIds', `${fields({})}&sessionId=S-2`),
  ...malformed('two returnUrls', `${fields({})}&returnUrl=https://evil.example/`),
  ...malformed('a sessionId of 256 characters', fields({ sessionId: 's'.repeat(256) })),
  ...malformed('a NUL in the sessionId', fields({ sessionId: 'S\0' })),
  ...malformed('a line break in the sessionId', fields({ sessionId: 'S\r\nX: y' })),
  ...malformed('another script in the sessionId', fields({ sessionId: 'сессия' })),
  ...malformed('bytes that are not UTF-8', `${fields({})}%FF`),
  ...refused,
  {
    name: 'request as a link: the return address is a script',
    status: 400,
    code: 'RECEIVER_REFUSED',
    request: (scene) => ({ url: `${ncp(scene)}?${fields({ returnUrl: 'javascript:alert(1)' })}`, method: 'GET' }),
  },
  {
    name: 'request: more than a form may have',
    status: 413,
    code: 'BODY_TOO_LARGE',
    request: (scene) => ({ url: ncp(scene), ...form(fields({ sessionId: 's'.repeat(513 * 1024) })) }),
  },
  {
    name: 'request: no such NCP',
    status: 404,
    code: 'PAGE_UNKNOWN',
    request: ({ under }) => ({ url: under.town.ncpUrl('atlantis'), ...form(fields({})) }),
  },
  {
    name: 'request: an NCP by the name of an object’s own part',
    status: 404,
    code: 'PAGE_UNKNOWN',
    request: ({ under }) => ({ url: under.town.ncpUrl('constructor'), ...form(fields({})) }),
  },
  {
    name: 'request: percent-encoding that is none',
    status: 400,
    code: 'REQUEST_MALFORMED',
    request: ({ under }) => ({ url: `${under.town.ncpUrl('poland')}/transfers/%zz`, method: 'GET' }),
  },
  ...(['PUT', 'DELETE', 'PATCH'] as const).map((method): BadRequest => ({
    name: `request: ${method}`,
    status: 404,
    code: 'PAGE_UNKNOWN',
    request: (scene) => ({ url: ncp(scene), method }),
  })),
  ...badForms('login abroad', callback, { state: 'nobody', person: 'ingrid' }),
  login('a handle that nobody has', 404, 'SESSION_UNKNOWN', (scene) => ({
    url: callback(scene),
    ...form('state=nobody&person=ingrid'),
  })),
  login('no handle', 404, 'SESSION_UNKNOWN', (scene) => ({ url: callback(scene), ...form('person=ingrid') })),
  login('as a link', 404, 'SESSION_UNKNOWN', (scene) => ({ url: `${callback(scene)}?state=nobody`, method: 'GET' })),
  login('a handle that was used', 409, 'SESSION_REPLAYED', (scene) => {
    const { body, headers } = form(`state=${scene.usedLoginHandle}&person=ingrid`)
    return {
      url: `${scene.under.town.ncpUrl('sweden')}/login/eid-sweden/callback`,
      body,
      headers: { ...headers, cookie: scene.usedCookie },
    }
  }),
  login('a handle of another browser', 403, 'OTHER_BROWSER', (scene) => ({
    url: `${scene.under.town.ncpUrl('sweden')}/login/eid-sweden/callback`,
    ...form(`state=${scene.usedLoginHandle}&person=ingrid&posted-again=yes`),
  })),
  login('the handle of another NCP', 404, 'SESSION_UNKNOWN', (scene) => ({
    url: callback(scene),
    ...form(`state=${scene.usedLoginHandle}&person=ingrid`),
  })),
  login('a login that is not there', 404, 'PAGE_UNKNOWN', (scene) => ({
    url: callback(scene, 'eid-atlantis'),
    ...form('state=nobody'),
  })),
]
