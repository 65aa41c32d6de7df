import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import type { Elmo } from '../src/model.js'

const folder = fileURLToPath(new URL('../testdata', import.meta.url))

/** Names of the golden pairs: `NAME.xml`, written as we write, and `NAME.json`, the model it must give. */
export const goldenNames: string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.xml'))
  .map((file) => file.slice(0, -4))

export const goldenXml = (name: string): Buffer => readFileSync(join(folder, `${name}.xml`))
export const goldenJson = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
export const goldenElmo = (name: string): Elmo => goldenJson(name) as Elmo
