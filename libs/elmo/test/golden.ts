import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { defaultRelease, releases, type Release } from '../src/grammar/releases.js'
import type { Elmo } from '../src/model.js'

const folder = fileURLToPath(new URL('../testdata', import.meta.url))

/** Names of the golden pairs: `NAME.xml`, written as we write, and `NAME.json`, the model it must give. */
export const goldenNames: string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.xml'))
  .map((file) => file.slice(0, -4))

export const goldenXml = (name: string): Buffer => readFileSync(join(folder, `${name}.xml`))
export const goldenJson = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
export const goldenElmo = (name: string): Elmo => goldenJson(name) as Elmo

/** The release of a golden pair: at the end of its name, where it is not the default. */
export const goldenRelease = (name: string): Release =>
  releases.find((each) => name.endsWith(`-${each}`)) ?? defaultRelease

/** A valid document of a release, with everything that the release knows; written by hand. */
export const releaseXml = (release: Release): Buffer => readFileSync(join(folder, 'releases', `${release}.xml`))
