import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { viewContract } from '@emrex-gateway/sis-sql'
import {
  esiOfStudent,
  oppijanumeroOf,
  rowsOfPopulation,
  startFsSystem,
  startLadok,
  startRestSis,
  startUsos,
  startVirta,
} from '@emrex-gateway/testing'
import { largeAttachment } from '@emrex-gateway/testing/population'

/** @typedef {import('./people.mjs').Student} Student */
/** @typedef {import('@emrex-gateway/core').IdentifierScheme} IdentifierScheme */

/**
 * A stand-in that was started: the settings of the plugin, and how a login names its students.
 *
 * @typedef {object} StartedSystem
 * @property {object} settings
 * @property {(student: Student) => readonly [IdentifierScheme, string]} [identifierOf]
 * @property {(student: Student) => string} [buttonOf] where students give their leave: what they press
 * @property {import('@emrex-gateway/testing').SisServer} [server]
 */

/**
 * @typedef {object} SystemOrder
 * @property {readonly Student[]} students
 * @property {string} folder
 * @property {number} attachmentBytes of the student who has attachments
 */

/** @type {Readonly<Record<string, (order: SystemOrder) => Promise<StartedSystem>>>} */
export const systems = {
  async ladok({ students, folder }) {
    const server = await startLadok({ students })
    const [university] = server.universities
    if (university === undefined) throw new Error('a Ladok without universities')
    return {
      server,
      settings: {
        ...{ baseUrl: server.origin, institution: { schac: university.schac }, minIntervalMs: 0 },
        keyFile: fileIn(folder, 'ladok.key', university.privateKey),
        certificateFile: fileIn(folder, 'ladok.pem', university.certificate),
        authoritiesFile: fileIn(folder, 'ladok.authority', server.authority),
      },
      identifierOf: ({ key }) => ['esi', `urn:schac:personalUniqueCode:int:esi:ladok.se:externtstudentuid-${key}`],
    }
  },
  async usos({ students, folder }) {
    const server = await startUsos({ students })
    return {
      server,
      settings: {
        ...{ baseUrl: server.baseUrl, consumerKey: server.consumerKey, minIntervalMs: 0 },
        consumerSecretFile: fileIn(folder, 'usos.secret', server.consumerSecret),
        institution: { schac: server.schac },
      },
      buttonOf: (student) => server.labelOf(student),
    }
  },
  async fs({ students, folder }) {
    const server = await startFsSystem({ students, maxPage: 100 })
    const { title, schac, code } = server.institutions.first
    const { user, secret } = server.credentials.first
    return {
      server,
      settings: {
        ...{ url: server.url, organisasjonskode: code, institution: { title, schac }, minIntervalMs: 0 },
        auth: { kind: 'basic', user, passwordFile: fileIn(folder, 'fs.secret', secret) },
      },
      identifierOf: ({ number }) => [`student:${schac}`, number],
    }
  },
  async virta({ students, folder }) {
    const server = await startVirta({ students })
    const { system, user, key } = server.caller
    return {
      server,
      settings: {
        url: server.url,
        caller: { system, user, keyFile: fileIn(folder, 'virta.secret', key) },
        institutions: [{ code: server.institutions[0], title: { en: 'First University' }, schac: 'first.example' }],
        minIntervalMs: 0,
      },
      identifierOf: (student) => ['learner-id', oppijanumeroOf(student)],
    }
  },
  async sql({ students, folder, attachmentBytes }) {
    const file = join(folder, 'views.sqlite')
    await makeViews(file, students, attachmentBytes)
    return { settings: { client: 'sqlite', file }, identifierOf: (student) => ['esi', esiOfStudent(student)] }
  },
  async rest({ students, folder, attachmentBytes }) {
    const server = await startRestSis({ students, attachment: largeAttachment(attachmentBytes) })
    const { credential } = server
    if (credential.kind !== 'token') throw new Error('the system has no token')
    return {
      server,
      settings: {
        url: server.url,
        auth: { kind: 'token', tokenFile: fileIn(folder, `rest-${new URL(server.url).port}.token`, credential.token) },
      },
      identifierOf: (student) => ['esi', esiOfStudent(student)],
    }
  },
}

/** @param {string} folder @param {string} name @param {string} text */
function fileIn(folder, name, text) {
  writeFileSync(join(folder, name), text, { mode: 0o600 })
  return join(folder, name)
}

/**
 * The views as plain tables. Its attachments are two, because one of 20 MB is more than the settings allow.
 *
 * @param {string} file
 * @param {readonly Student[]} students
 * @param {number} attachmentBytes
 */
async function makeViews(file, students, attachmentBytes) {
  const knex = openSqlite({ file })
  const rows = rowsOfPopulation(students)
  const content = largeAttachment(attachmentBytes / 2)
  const attachment = rows.attachment.flatMap((row) =>
    ['one', 'two'].map((name) => ({ ...row, attachment_key: name, content })),
  )
  /** @type {Readonly<Record<string, readonly object[] | undefined>>} */
  const rowsOf = { ...rows, attachment }
  for (const [view, { columns }] of Object.entries(viewContract)) {
    await knex.raw(`create table emrex_${view} (${Object.keys(columns).join(', ')})`)
    await knex.batchInsert(`emrex_${view}`, [...(rowsOf[view] ?? [])], 20)
  }
  await knex.raw('create index result_of_person on emrex_result (person_key)')
  await knex.destroy()
}
