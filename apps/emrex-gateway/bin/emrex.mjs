#!/usr/bin/env node
// Committed, because npm links no command whose file is absent at installation. It loads the build.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const build = new URL('../dist/cli/emrex.js', import.meta.url)
if (!existsSync(fileURLToPath(build))) {
  process.stderr.write('emrex: not built yet; run `npm run build` in the repository first\n')
  process.exit(2)
}
const { main } = await import(build.href)
await main(process.argv)
// A plugin from outside may have left something open, such as a timer, which would keep a command that has ended for ever.
setInterval(() => process.stdout.writableLength === 0 && process.exit(), 1000).unref()
