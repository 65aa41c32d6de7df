// Stand-ins in a process of their own: `system-process.mjs FOLDER`; asked by messages (see start-processes.mjs).
import { loginOf, somebody } from './people.mjs'
import { systems } from './systems.mjs'

const [folder = ''] = process.argv.slice(2)
/** @type {import('./systems.mjs').StartedSystem[]} */
const started = []

/** @param {import('./start-processes.mjs').SystemQuestion} question */
async function answer(question) {
  if (question.ask === 'requests') return started.reduce((sum, { server }) => sum + (server?.requests ?? 0), 0)
  const { system, courses, attachmentBytes, scenario } = question
  // Who has the most courses has the attachments.
  const most = Math.max(...courses)
  const students = courses.map((count) => somebody(count, count < most ? 'ada' : attachmentBytes > 0 ? 'lova' : 'bo'))
  const start = systems[system]
  if (start === undefined) throw new Error(`there is no stand-in "${system}"`)
  const one = await start({ students, folder, attachmentBytes })
  started.push(one)
  if (scenario !== undefined) await one.server?.is(/** @type {'slow'} */ (scenario))
  const { settings, identifierOf, buttonOf } = one
  return {
    settings,
    people: students.map((student) => {
      const [scheme, value] = identifierOf?.(student) ?? []
      const identifiers = /** @type {import('@emrex-gateway/core').PersonIdentifier[]} */ (
        scheme === undefined ? [] : [{ scheme, value, persistence: 'lifelong' }]
      )
      return {
        courses: student.results.first.length,
        identity: loginOf(student, identifiers),
        button: buttonOf?.(student),
      }
    }),
  }
}

process.on('message', (question) => {
  answer(/** @type {import('./start-processes.mjs').SystemQuestion} */ (question)).then(
    (value) => process.send?.({ value }),
    (/** @type {unknown} */ error) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
