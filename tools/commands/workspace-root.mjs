import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the workspace's package.json, wherever a command is called from. */
export const workspaceRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
