export { identityProviderContract, type IdentityProviderKit } from './identity-provider.js'
export { importTargetContract, type ImportTargetKit } from './import-target.js'
export { resultSourceContract, type ResultSourceKit } from './result-source.js'
export { gatewayStoreContract, writeUntilKilled, type OpenStoreOptions, type StorePlace } from './gateway-store.js'
