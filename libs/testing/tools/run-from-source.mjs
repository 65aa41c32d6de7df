// Lets a plain Node process run our TypeScript sources: `node --import FILE script.ts`. Tests that kill a process use
// it, so that what they kill is never an old build.
import { readFileSync } from 'node:fs'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { transformSync } from '@swc/core'

const isOurs = (url) => url?.startsWith('file:') && !url.includes('/node_modules/')

export function resolve(specifier, context, next) {
  const conditions = ['@emrex-gateway/source', ...context.conditions]
  const isSource = specifier.startsWith('.') && isOurs(context.parentURL) && context.parentURL.endsWith('.ts')
  return next(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, { ...context, conditions })
}

export function load(url, context, next) {
  if (!isOurs(url) || !url.endsWith('.ts')) return next(url, context)
  const filename = fileURLToPath(url)
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    swcrc: false,
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    module: { type: 'es6' },
  })
  return { format: 'module', source: code, shortCircuit: true }
}

// The hooks run in a thread of their own, which loads this same file.
if (isMainThread) register(import.meta.url)
