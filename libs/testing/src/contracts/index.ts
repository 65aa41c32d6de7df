export { testChecks, type ContractCheck } from './contract-check.js'
export { expectedResults, outlinesOf } from './expected-results.js'
export type { Outline } from './outline-of.js'
export { identityProviderContract, type IdentityProviderKit } from './identity-provider.js'
export {
  importTargetChecks,
  importTargetContract,
  type ImportTargetKit,
  type ImportTargetUnderTest,
} from './import-target.js'
export { importedCases } from './imported-cases.js'
export { resultSourceChecks, resultSourceContract, type ResultSourceKit } from './result-source.js'
export { failuresOverHttp, type BrokenParts, type Scenario, type SisUnderTest } from './sis-under-test.js'
export { gatewayStoreContract, writeUntilKilled, type OpenStoreOptions, type StorePlace } from './gateway-store.js'
