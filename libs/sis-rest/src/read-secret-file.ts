import { readFile } from 'node:fs/promises'

/** A file that a setting names, without white space at its ends. @throws {Error} a plain message without the path's content */
export async function readSecretFile(setting: string, path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(`${setting}: the file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)
  })
  const trimmed = text.trim()
  if (trimmed === '') throw new Error(`${setting}: the file is empty`)
  return trimmed
}
