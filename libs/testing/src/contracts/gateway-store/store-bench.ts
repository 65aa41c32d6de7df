/// <reference types="jest" />
import type { GatewayStore, Transfer, TransferStore } from '@emrex-gateway/core'
import type { OpenStoreOptions, StorePlace } from './store-place.js'

export type TestState =
  { readonly state: 'asked'; readonly note: string } | { readonly state: 'ended'; readonly outcome: string }

export const noon = Date.UTC(2026, 10, 24, 12)
export const minuteMs = 60_000
export const key = new Uint8Array(32).fill(7)

export type StoreBench = ReturnType<typeof storeBench>

/** A fresh place with an open store before each test of the surrounding `describe`, and a clock that tests set. */
export function storeBench(makePlace: () => Promise<StorePlace>) {
  let place: StorePlace
  let store: GatewayStore
  let opened: GatewayStore[]
  const clock = { now: noon }

  const open = async (options: Partial<OpenStoreOptions> = {}): Promise<GatewayStore> => {
    const another = await place.open({ key, now: () => clock.now, ...options })
    opened.push(another)
    return another
  }
  const close = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map((each) => each.close()))
  }
  const transfers = (): TransferStore<TestState> => store.transfers<TestState>('smp')

  beforeEach(async () => {
    clock.now = noon
    opened = []
    place = await makePlace()
    store = await open()
  })
  afterEach(async () => {
    await close()
    await place.remove()
  })

  return {
    clock,
    open,
    close,
    transfers,
    place: () => place,
    store: () => store,
    /** A transfer that lives an hour. */
    create: (
      effects?: Parameters<TransferStore<TestState>['create']>[1],
      fields: { readonly note?: string; readonly entry?: string; readonly expiresAt?: number } = {},
    ): Promise<Transfer<TestState>> => {
      const { note = 'first', entry = 'main', expiresAt = noon + 60 * minuteMs } = fields
      return transfers().create({ entry, state: { state: 'asked', note }, browser: 'browser-hash', expiresAt }, effects)
    },
  }
}

export const ended: TestState = { state: 'ended', outcome: 'COMPLETED' }
