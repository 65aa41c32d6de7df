/// <reference types="jest" />
import { effectRules } from './gateway-store/effect-rules.js'
import { handleRules } from './gateway-store/handle-rules.js'
import { instanceRules } from './gateway-store/instance-rules.js'
import { jobRules } from './gateway-store/job-rules.js'
import { linkRules } from './gateway-store/link-rules.js'
import { restartRules } from './gateway-store/restart-rules.js'
import { sealRules } from './gateway-store/seal-rules.js'
import { statisticsRules } from './gateway-store/statistics-rules.js'
import { storeBench, type StoreBench } from './gateway-store/store-bench.js'
import type { StorePlace } from './gateway-store/store-place.js'
import { transferRules } from './gateway-store/transfer-rules.js'

export type { OpenStoreOptions, StorePlace } from './gateway-store/store-place.js'
export { writeUntilKilled } from './gateway-store/write-until-killed.js'

const chapters: Readonly<Record<string, (bench: StoreBench) => void>> = {
  transfers: transferRules,
  effects: effectRules,
  'handles and time': handleRules,
  sealing: sealRules,
  jobs: jobRules,
  'links and attempts': linkRules,
  statistics: statisticsRules,
  restarts: restartRules,
}

/**
 * Every promise of `GatewayStore`, as tests. Called inside a `describe` of jest; `makePlace` gives an empty place for
 * each test. `severalInstances` where more than one may work on a place at a time: their promises are then tested too.
 */
export function gatewayStoreContract(
  makePlace: () => Promise<StorePlace>,
  { severalInstances }: { readonly severalInstances: boolean },
): void {
  const all = severalInstances ? { ...chapters, 'two instances': instanceRules } : chapters
  for (const [chapter, rules] of Object.entries(all)) {
    describe(chapter, () => rules(storeBench(makePlace)))
  }
}
