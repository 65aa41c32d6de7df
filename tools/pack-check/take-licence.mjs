// npm packs the licence that lies beside package.json; ours lies at the root, once. Runs in the folder of a package.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const licence = readFileSync(join(import.meta.dirname, '../../LICENSE'))
// Two may pack at the same time: neither must find half a file.
if (!existsSync('LICENSE') || !readFileSync('LICENSE').equals(licence)) {
  const whole = `LICENSE.${process.pid}`
  writeFileSync(whole, licence)
  renameSync(whole, 'LICENSE')
}
