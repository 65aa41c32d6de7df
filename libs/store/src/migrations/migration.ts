import type { Dialect } from '../dialect.js'

/** One step of the schema: its statements, in order. A step that was released is never changed, only followed. */
export type Migration = (dialect: Dialect) => readonly string[]
