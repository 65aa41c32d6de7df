// npm packs the licence that lies beside package.json; ours lies at the root, once. Runs in the folder of a package.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'

copyFileSync(join(import.meta.dirname, '../../LICENSE'), 'LICENSE')
