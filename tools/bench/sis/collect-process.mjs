// The gateway's part in a process of its own: plugins, collecting and writing. Asked by messages (see start-processes.mjs).
import { setTimeout } from 'node:timers/promises'
import { defaults, defaultSisPolicy, withPolicy } from '@emrex-gateway/core'
import { writeSignedElmo } from '@emrex-gateway/elmo'
import { collectResults, withAttachments } from '@emrex-gateway/ncp'
import { fsSettings, fsSisPlugin } from '@emrex-gateway/sis-fs'
import { ladokSettings, ladokSisPlugin } from '@emrex-gateway/sis-ladok'
import { restSettings, restSisPlugin } from '@emrex-gateway/sis-rest'
import { sqlSettings, sqlSisPlugin } from '@emrex-gateway/sis-sql'
import { usosSettings, usosSisPlugin } from '@emrex-gateway/sis-usos'
import { virtaSettings, virtaSisPlugin } from '@emrex-gateway/sis-virta'
import { makeThrowawaySigner, PlainBrowser, recordingHost } from '@emrex-gateway/testing'
import { outboundFetch } from '../../../apps/emrex-gateway/dist/serve/outbound-fetch.js'
import { memory } from '../elmo/memory.mjs'

/** @typedef {import('./start-processes.mjs').CollectQuestion} CollectQuestion */
/** @typedef {import('./start-processes.mjs').Person} Person */

/** @type {Readonly<Record<string, (settings: object, id: string) => Promise<import('@emrex-gateway/core').SisConnection>>>} */
const plugins = {
  fs: (settings, id) => fsSisPlugin.create(fsSettings.parse(settings), host, id),
  ladok: (settings, id) => ladokSisPlugin.create(ladokSettings.parse(settings), host, id),
  rest: (settings, id) => restSisPlugin.create(restSettings.parse(settings), host, id),
  sql: (settings, id) => sqlSisPlugin.create(sqlSettings.parse(settings), host, id),
  usos: (settings, id) => usosSisPlugin.create(usosSettings.parse(settings), host, id),
  virta: (settings, id) => virtaSisPlugin.create(virtaSettings.parse(settings), host, id),
}
// As the application does it, limits of answers included.
const host = recordingHost({ fetch: outboundFetch(), fetchAs: outboundFetch })
const key = await makeThrowawaySigner()
/** @type {readonly import('@emrex-gateway/core').SisConnection[]} */
let sources = []
/** The leaves that were given. @type {Map<string, import('@emrex-gateway/core').Grant>} */
const grants = new Map()

/** @param {{ plugin: string, settings: object }} source @param {number} index */
async function connect({ plugin, settings }, index) {
  const create = plugins[plugin]
  if (create === undefined) throw new Error(`there is no plugin "${plugin}"`)
  return withPolicy(await create(settings, `${plugin}-${index}`), defaultSisPolicy, host)
}

/** @param {Person} person */
async function grantOf({ identity, button }) {
  const login = sources[0]?.login
  if (button === undefined || login === undefined) return undefined
  const given = grants.get(identity.subject)
  if (given !== undefined) return given
  const order = {
    ...{ handle: 'bench', callbackUrl: 'https://gateway.example/callback', freshLogin: false, language: 'en' },
    minimumLoa: /** @type {const} */ ('none'),
  }
  const { action, pending } = await login.begin(order)
  if (action.kind !== 'redirect') throw new Error('the login leads nowhere')
  const browser = new PlainBrowser()
  browser.holdAt = ({ hostname }) => hostname === 'gateway.example'
  await browser.open(action.url)
  await browser.press(button)
  const outcome = await login.complete({ method: 'GET', url: browser.held ?? '', form: new Map() }, pending, order)
  if (!outcome.ok || outcome.grant === undefined) throw new Error('the login gave no grant')
  grants.set(identity.subject, outcome.grant)
  return outcome.grant
}

/** @param {Person} person @param {number} deadlineSeconds @param {import('@emrex-gateway/core').Grant | undefined} grant */
async function transcript({ courses, identity }, deadlineSeconds, grant) {
  const deadline = AbortSignal.timeout(deadlineSeconds * 1000)
  const order = { want: { failed: false, inProgress: false }, deadline, reference: 'bench', now: new Date(), grant }
  const collected = await collectResults(identity, sources, order)
  if (!('elmo' in collected)) throw new Error(`nothing was collected: ${JSON.stringify(collected)}`)
  for (const { learningOpportunitySpecification: { length } = [] } of collected.elmo.reports)
    if (length !== courses) throw new Error(`${length} courses instead of ${courses}`)
  const filled = await withAttachments(collected.elmo, collected.attachments, {
    ...{ sources, maxBytes: defaults.documentMaxBytes / 2, withoutUnread: false },
    context: () => ({ signal: deadline, languages: ['en'], reference: 'bench' }),
    failed: (_connection, error) => console.error(String(error)),
  })
  if ('unread' in filled) throw new Error('attachments could not be read')
  const xml = writeSignedElmo(filled.elmo, key)
  const gaps = collected.gaps.map(({ kind, code }) => kind ?? code)
  return { bytes: xml.length, reports: collected.elmo.reports.length, gaps }
}

/** What a collection of garbage leaves free is given back to the system a little later. */
async function settledMemory() {
  const [first, peak] = memory()
  let now = first
  for (let count = 0; count < 5; count++) {
    await setTimeout(100)
    now = memory()[0]
  }
  return [now, peak]
}

/** @param {CollectQuestion} question */
async function answer(question) {
  if (question.ask === 'memory') return settledMemory()
  if (question.ask === 'open') {
    for (const source of sources) await source.close()
    sources = await Promise.all(question.sources.map(connect))
    return undefined
  }
  const { person, atOnce, deadlineSeconds } = question
  const grant = await grantOf(person)
  const before = process.cpuUsage()
  const began = performance.now()
  const written = await Promise.all(Array.from({ length: atOnce }, () => transcript(person, deadlineSeconds, grant)))
  const milliseconds = performance.now() - began
  const { user, system } = process.cpuUsage(before)
  return { milliseconds, cpuMs: (user + system) / 1000, ...written[0] }
}

process.on('message', (question) => {
  answer(/** @type {CollectQuestion} */ (question)).then(
    (value) => process.send?.({ value }),
    (/** @type {unknown} */ error) =>
      process.send?.({ error: error instanceof Error ? (error.stack ?? '') : String(error) }),
  )
})
process.on('disconnect', () => process.exit())
