#!/usr/bin/env node
// Committed, because npm links no command whose file is absent at installation. It loads the build.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const build = new URL('../dist/cli/elmo.js', import.meta.url)
if (!existsSync(fileURLToPath(build))) {
  process.stderr.write('elmo: not built yet; run `npm run build` in the repository first\n')
  process.exit(2)
}
const { main } = await import(build.href)
process.exitCode = await main(process.argv.slice(2), process)
