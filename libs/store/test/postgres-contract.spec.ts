import { describeWith } from '@emrex-gateway/testing'
import { gatewayStoreContract } from '@emrex-gateway/testing/contracts'
import { startPostgres, type DatabaseServer } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { postgresPlace } from './postgres-place.js'

jest.setTimeout(60_000)

describeWith(describe, 'postgresql', 'the store on PostgreSQL', () => {
  let server: DatabaseServer
  beforeAll(async () => {
    server = await startPostgres()
  }, 120_000)
  afterAll(() => server.close())

  gatewayStoreContract(() => postgresPlace(server), { severalInstances: true })
})
