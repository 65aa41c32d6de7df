import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { normaliseNationalId } from '@emrex-gateway/core'
import { exceptions } from './exceptions.mjs'
import { findNumbers } from './find-numbers.mjs'
import { publishedNumbers } from './published-numbers.mjs'

/** Sweden writes the same number with and without its century. @param {{ country: string, value: string }} number */
function keyOf({ country, value: written }) {
  const { value } = normaliseNationalId(country, written)
  return `${country} ${country === 'SE' ? value.slice(-10) : value}`
}
const known = new Set([...publishedNumbers, ...exceptions].map(keyOf))

/**
 * One line for each number that nobody published for tests: file, line and country, never the number.
 *
 * @param {string} root the folder of a git repository
 * @returns {string[]}
 */
export function checkPeople(root) {
  // Files that are not tracked yet are looked at too, so that a number is found before it is committed.
  // The folder may belong to another user, as in a container: git would refuse to look.
  const list = ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const paths = execFileSync('git', list, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return [...new Set(paths.split('\0'))]
    .filter((path) => path !== '')
    .flatMap((path) => {
      const text = textOf(join(root, path))
      if (text === undefined) return []
      return findNumbers(text)
        .filter((number) => !known.has(keyOf(number)))
        .map(({ country, line }) => `${path}:${line} looks like a national identity number (${country})`)
    })
}

/** The text of a file; undefined where it is none, or is not there any more. @param {string} path */
function textOf(path) {
  let bytes
  try {
    bytes = readFileSync(path)
  } catch {
    return undefined
  }
  return bytes.subarray(0, 8192).includes(0) ? undefined : bytes.toString('utf8')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = checkPeople(process.argv[2] ?? process.cwd())
  for (const line of found) console.error(line)
  console.log(`people: ${found.length} number(s) that may be somebody's`)
  process.exitCode = found.length === 0 ? 0 : 1
}
