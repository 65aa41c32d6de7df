import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { rowsOfPopulation, type DatabaseServer } from '@emrex-gateway/testing'
import { importContract, viewContract } from '../../src/index.js'
import { openGate } from './gate.js'
import { makeImportTables, makeViews, type Place, type PlaceUser } from './place.js'

/** What differs between servers, for the owner of a database. */
export interface ServerWords {
  readonly client: 'pg' | 'mysql'
  readonly protocol: string
  /** Opens a connection of the owner; to the database that the server begins with where none is named. */
  open(server: DatabaseServer, database?: string): Knex
  readonly createUser: (name: string, password: string) => string
  readonly changePassword: (name: string, password: string) => string
  readonly grant: (rights: string, table: string, name: string) => string
  readonly revoke: (rights: string, table: string, name: string) => string
  readonly renameView: (from: string, to: string) => string
  /** Holds the table behind the results until the connection ends. */
  readonly lock: readonly string[]
  readonly refuseThirdItem: readonly string[]
  readonly refuseNoMore: readonly string[]
}

/** The name of the database. */
export const database = 'university'

/** A server of this machine. Each user comes by a gate of their own. */
export async function serverPlace(server: DatabaseServer, words: ServerWords): Promise<Place> {
  try {
    return await placeOn(server, words)
  } catch (error) {
    await server.close()
    throw error
  }
}

async function placeOn(server: DatabaseServer, words: ServerWords): Promise<Place> {
  const first = words.open(server)
  await first.raw(`create database ${database}`)
  await first.destroy()
  const owner = words.open(server, database)
  const run = async (statements: readonly string[]): Promise<void> => {
    for (const statement of statements) await owner.raw(statement)
  }
  await makeViews(owner, words.client, rowsOfPopulation())
  await makeImportTables(owner, words.client)
  let users = 0

  const user: Place['user'] = async (
    role,
    { prefix, views } = { prefix: 'emrex_', views: Object.keys(viewContract) },
  ): Promise<PlaceUser> => {
    const name = `gateway_${++users}`
    const password = `p@ss/${randomBytes(6).toString('hex')}`
    await owner.raw(words.createUser(name, password))
    for (const view of views) await owner.raw(words.grant('select', prefix + view, name))
    if (role === 'importer')
      for (const table of Object.keys(importContract))
        await owner.raw(words.grant('select, insert', prefix + table, name))
    const gate = await openGate(server.port)
    const undo: (() => Promise<unknown>)[] = [gate.shut]
    return {
      name,
      settings: {
        client: words.client,
        viewPrefix: prefix,
        connection: `${words.protocol}://${name}:${encodeURIComponent(password)}@127.0.0.1:${gate.port}/${database}`,
      },
      is: async (scenario) => {
        if (scenario === 'down') await gate.shut()
        if (scenario === 'truncated') gate.breakAfter(1500)
        if (scenario === 'credential-refused') await owner.raw(words.changePassword(name, 'another'))
        if (scenario === 'forbidden') await owner.raw(words.revoke('select', 'emrex_result', name))
        if (scenario === 'failing') {
          await owner.raw(words.renameView('emrex_result', 'emrex_hidden'))
          undo.push(async () => owner.raw(words.renameView('emrex_hidden', 'emrex_result')))
        }
        if (scenario === 'slow') {
          const holder = words.open(server, database)
          undo.push(() => holder.destroy())
          for (const statement of words.lock) await holder.raw(statement)
        }
      },
      close: async () => {
        for (const one of undo.reverse()) await one()
      },
    }
  }

  return {
    client: words.client,
    owner,
    user,
    refuseThirdItem: async () => {
      await run(words.refuseThirdItem)
      return () => run(words.refuseNoMore)
    },
    close: async () => {
      await owner.destroy()
      await server.close()
    },
  }
}
