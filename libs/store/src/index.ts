export { openStore, type StoreOptions } from './open-store.js'
export type { SealKeys } from './seal.js'
