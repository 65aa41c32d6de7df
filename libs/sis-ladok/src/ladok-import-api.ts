import type { Delivery, Receipt, SisContext } from '@emrex-gateway/core'
import type { AnnanMerit } from './annan-merit.js'
import type { LadokApi } from './ladok-api.js'

/**
 * The place for writing "annan merit" into Ladok. Ladok has the type and publishes no path for it; whoever gets the
 * documentation of one writes this, hands it to `makeLadokSisPlugin` and turns `structuredImport` on.
 */
export interface LadokImportApi {
  /** The same delivery again gives the same receipt and writes nothing twice. @throws {SisError} */
  submit(api: LadokApi, merits: readonly AnnanMerit[], delivery: Delivery, context: SisContext): Promise<Receipt>
}
