import { contractOn } from './places/contract-on.js'
import { ddlOn } from './places/ddl-on.js'
import type { Place } from './places/place.js'
import { sqlitePlace } from './places/sqlite-place.js'

describe('SQLite', () => {
  let place: Place
  beforeAll(async () => {
    place = await sqlitePlace()
  }, 60_000)
  afterAll(() => place.close())

  contractOn('SQLite', () => place, { down: 'unavailable', truncated: 'bad-data', failing: 'bad-data' })
  ddlOn('SQLite', () => place)
})
