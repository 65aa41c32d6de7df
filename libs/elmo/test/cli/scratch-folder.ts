import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder for the files of one spec; gone when it ends. */
export function scratchFolder(): (name: string, content?: string | Uint8Array) => string {
  const folder = mkdtempSync(join(tmpdir(), 'elmo-cli-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  /** The path of a file in it, which is written when there is a content. */
  return (name, content) => {
    const path = join(folder, name)
    if (content !== undefined) writeFileSync(path, content)
    return path
  }
}
