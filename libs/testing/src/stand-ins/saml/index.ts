export { startLoginGovPl } from './start-login-gov-pl.js'
export { startMockIdp, type MockIdp, type MockIdpOptions, type MockServiceProvider } from './start-mock-idp.js'
export { element as samlElement } from './saml-writer.js'
export { mockFaults, type MockFault, type MockPerson } from './write-response.js'
