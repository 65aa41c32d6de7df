// An instance of its own: opens a case for each delivery of a file, and prints the receipts. `node open-cases.ts DATABASE KEY FILE`
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { StoredCases, type Delivery } from '@emrex-gateway/core'
import { verifyElmo } from '@emrex-gateway/elmo'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { openStore } from '@emrex-gateway/store'

const [, , file = '', key = '', input = ''] = process.argv
const { ids, xml, delivery } = JSON.parse(readFileSync(input, 'utf8')) as {
  readonly ids: readonly string[]
  readonly xml: string
  readonly delivery: Omit<Delivery, 'id' | 'document'>
}
const outcome = verifyElmo(Buffer.from(xml, 'base64'), { ...delivery.trust, at: new Date() })
if (!outcome.verified) throw new Error(outcome.message)
const { document } = outcome
const store = await openStore({
  ...{ knex: openSqlite({ file }), seal: { key: Buffer.from(key, 'hex') } },
  now: () => Date.now(),
})
const nothing = () => undefined
const cases = new StoredCases({
  ...{ store, log: { debug: nothing, info: nothing, warn: nothing, error: nothing }, daysOf: () => 30 },
  now: () => new Date(),
  randomBytes: (bytes) => randomBytes(bytes),
})
const receipts = []
for (const id of ids) receipts.push(await cases.open({ system: 'ladok', delivery: { ...delivery, id, document } }))
process.stdout.write(JSON.stringify(receipts))
await store.close()
