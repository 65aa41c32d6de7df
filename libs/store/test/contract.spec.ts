import { sqliteDriverNames, sqliteDrivers } from '@emrex-gateway/knex-sqlite'
import { gatewayStoreContract } from '@emrex-gateway/testing/contracts'
import { sqlitePlace } from './sqlite-place.js'

const drivers = sqliteDrivers()
for (const name of sqliteDriverNames.filter((each) => !drivers.includes(each))) {
  process.stdout.write(`skipped: "the store on ${name}" needs that driver, which does not load here\n`)
}

describe.each(drivers)('the store on %s', (driver) => {
  gatewayStoreContract(() => sqlitePlace(driver), { severalInstances: false })
})
