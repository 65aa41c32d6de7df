import { cpus, loadavg, totalmem } from 'node:os'
import { mebibytes } from './figures.mjs'

/** One line about what measures; a machine that has other work to do shows it in its load. */
export function machine() {
  const processors = cpus()
  const load = loadavg()[0]?.toFixed(1)
  return `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${processors[0]?.model ?? 'unknown CPU'}, ${processors.length} cores, ${mebibytes(totalmem())} memory, load ${load} at the start`
}
