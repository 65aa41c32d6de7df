import { isBuiltin } from 'node:module'

/**
 * Splits what an import line names into package and door: `@scope/name/nest` gives `@scope/name` and `./nest`.
 * Undefined for relative paths and Node's own modules.
 *
 * @param {string} specifier
 * @returns {{ packageName: string, door: string } | undefined}
 */
export function splitSpecifier(specifier) {
  // `isBuiltin` knows the modules of the running Node alone; `node:` may name one of a newer Node.
  if (/^(\.|\/|node:)/.test(specifier) || isBuiltin(specifier)) return undefined
  const parts = specifier.split('/')
  const length = specifier.startsWith('@') ? 2 : 1
  return { packageName: parts.slice(0, length).join('/'), door: ['.', ...parts.slice(length)].join('/') }
}
