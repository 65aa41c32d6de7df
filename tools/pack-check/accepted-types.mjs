import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folderOf = (/** @type {string} */ root) => join(root, 'docs/api')
const fileOf = (/** @type {string} */ name) => `${name.replace('@emrex-gateway/', '')}.txt`

/**
 * Writes public types down as the accepted ones.
 *
 * @param {string} root
 * @param {ReadonlyMap<string, string>} types by package
 */
export function acceptTypes(root, types) {
  rmSync(folderOf(root), { recursive: true, force: true })
  mkdirSync(folderOf(root), { recursive: true })
  for (const [name, text] of types) writeFileSync(join(folderOf(root), fileOf(name)), text)
}

/**
 * What of the public types is not as it was accepted: lines that went (`-`) and came (`+`), each below its package and the
 * declaration that it belongs to.
 *
 * @param {string} root
 * @param {ReadonlyMap<string, string>} types by package
 * @returns {string[]}
 */
export function changesOfTypes(root, types) {
  const folder = folderOf(root)
  const files = new Set([...(existsSync(folder) ? readdirSync(folder) : []), ...[...types.keys()].map(fileOf)])
  return [...files].sort().flatMap((file) => {
    const before = existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : ''
    const now = [...types].find(([name]) => fileOf(name) === file)?.[1] ?? ''
    const lines = changedLines(before, now)
    return lines.length === 0 ? [] : [`\ndocs/api/${file}:`, ...lines]
  })
}

/**
 * Declarations as blocks: a door or a declaration begins where a line is not indented and closes nothing.
 *
 * @type {(text: string) => Map<string, string[]>}
 */
function blocksOf(text) {
  const blocks = new Map()
  let door = ''
  let block = /** @type {string[]} */ ([])
  for (const line of text.split('\n')) {
    if (line === '') continue
    if (line.startsWith('# ')) door = line
    if (!/^[ }|&)\]]/.test(line)) blocks.set(`${door} ${line}`, (block = []))
    block.push(line)
  }
  return blocks
}

/** @type {(before: string, now: string) => string[]} */
function changedLines(before, now) {
  const [old, fresh] = [blocksOf(before), blocksOf(now)]
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key) ?? [], fresh.get(key) ?? []]
    const changes = [...without(was, is).map((line) => `- ${line}`), ...without(is, was).map((line) => `+ ${line}`)]
    if (changes.length > 0) {
      const head = was[0] ?? is[0] ?? ''
      return changes.some((line) => line.slice(2) === head) ? changes : [`  ${head}`, ...changes]
    }
    // Another order of the same lines is no change: the compiler's own order of members differs from build to build.
    return []
  })
}

/** Lines of the one that the other has not, as often as it has them not. @type {(one: string[], other: string[]) => string[]} */
function without(one, other) {
  const left = [...other]
  return one.filter((line) => {
    const place = left.indexOf(line)
    if (place === -1) return true
    left.splice(place, 1)
    return false
  })
}
