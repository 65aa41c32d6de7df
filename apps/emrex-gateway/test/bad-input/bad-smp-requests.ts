import { form, type BadRequest } from './bad-request.js'
import { badForms } from './bad-forms.js'
import type { Scene } from './scene.js'

const smp = ({ under }: Scene, home = 'nordfjord') => under.town.smpUrl(home)
const returnRoute = (scene: Scene) => `${smp(scene)}/return`
const good = { sessionId: 'S-1', returnCode: 'NCP_OK', returnMessage: '', elmo: 'H4sI' }
const fields = (change: Readonly<Record<string, string>>): string =>
  new URLSearchParams({ ...good, ...change }).toString()

const answer = (
  name: string,
  status: number,
  code: BadRequest['code'],
  text: (scene: Scene) => string,
  url = returnRoute,
): BadRequest => ({
  name: `answer: ${name}`,
  status,
  code,
  request: (scene) => ({ url: url(scene), ...form(text(scene)) }),
})

const get = (name: string, url: (scene: Scene) => string): BadRequest => ({
  name,
  status: 404,
  code: 'PAGE_UNKNOWN',
  request: (scene) => ({ url: url(scene), method: 'GET' }),
})

const crossSite = (name: string, url: (scene: Scene) => string): BadRequest[] =>
  [
    ['by another site', { 'sec-fetch-site': 'cross-site' }],
    ['by a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['by another origin, as older browsers say it', { origin: 'https://evil.example' }],
  ].map(([who, headers]) => ({
    name: `${name} pressed ${who as string}`,
    status: 403,
    code: 'FORM_STALE',
    request: (scene) => ({ url: url(scene), headers: headers as Record<string, string> }),
  }))

/** Requests to an SMP that belong to no transfer of the sender. */
export const badSmpRequests: readonly BadRequest[] = [
  ...badForms('answer', returnRoute, good),
  answer('nothing in it', 400, 'ANSWER_MALFORMED', () => ''),
  answer('no sessionId', 400, 'ANSWER_MALFORMED', () => 'returnCode=NCP_OK&elmo=H4sI'),
  answer('an empty sessionId', 400, 'ANSWER_MALFORMED', () => fields({ sessionId: '' })),
  answer('a sessionId of 256 characters', 400, 'ANSWER_MALFORMED', () => fields({ sessionId: 's'.repeat(256) })),
  answer('a line break in the sessionId', 400, 'ANSWER_MALFORMED', () => fields({ sessionId: 'S\nX: y' })),
  answer('a sessionId that was never sent', 404, 'SESSION_UNKNOWN', () => fields({})),
  answer(
    'the sessionId of another university',
    404,
    'SESSION_UNKNOWN',
    ({ asked }) => fields({ sessionId: asked.sessionId }),
    (scene) => `${smp(scene, 'solvik')}/return`,
  ),
  answer(
    'a sessionId that was answered before',
    409,
    'SESSION_REPLAYED',
    ({ usedSessionId }) => fields({ sessionId: usedSessionId }),
    (scene) => `${smp(scene, 'zielonobrzeg')}/return`,
  ),
  answer('a sessionId that was given up', 410, 'SESSION_CLOSED', ({ voidSessionId }) =>
    fields({ sessionId: voidSessionId }),
  ),
  answer('a transfer’s own id for a sessionId', 404, 'SESSION_UNKNOWN', ({ asked }) =>
    fields({ sessionId: asked.transferId }),
  ),
  answer(
    'no such SMP',
    404,
    'PAGE_UNKNOWN',
    () => fields({}),
    ({ under }) => `${under.town.smpUrl('atlantis')}/return`,
  ),
  get('answer: as a link', returnRoute),
  get('a page that is not there', (scene) => `${smp(scene)}/nowhere`),
  get('an SMP that is not there', ({ under }) => under.town.smpUrl('atlantis')),
  ...crossSite('start', smp),
  ...crossSite('staff login', (scene) => `${smp(scene)}/staff`),
  {
    name: 'login at home: a handle that nobody has',
    status: 404,
    code: 'SESSION_UNKNOWN',
    request: (scene) => ({ url: `${smp(scene)}/login/home-nordfjord/callback`, ...form('state=nobody&person=ingrid') }),
  },
  {
    name: 'login of staff: a handle that nobody has',
    status: 404,
    code: 'SESSION_UNKNOWN',
    request: (scene) => ({ url: `${smp(scene)}/staff/login/callback`, ...form('state=nobody&person=staff-nordfjord') }),
  },
]
