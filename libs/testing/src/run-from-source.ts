import { fileURLToPath } from 'node:url'

/** For `node --import`: a plain process of Node then runs our TypeScript sources, so that no test meets an old build. */
export const runFromSource = fileURLToPath(new URL('../tools/run-from-source.mjs', import.meta.url))
