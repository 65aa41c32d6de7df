export { SignedMessage, type SignedRequest } from './oauth1-verifier.js'
export { startUsos, type UsosOptions, type UsosServer } from './start-usos.js'
export { usosInstallations, type UsosInstallation } from './usos-installations.js'
export { usosTerms, usosUnitId } from './usos-records.js'
