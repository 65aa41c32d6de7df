import { startMockIdp, type MockIdp, type MockIdpOptions } from './start-mock-idp.js'

/**
 * Plays login.gov.pl, the Polish national node: takes a request by POST that is signed with ECDSA, sends an artifact by a
 * form of the browser, and gives the Response over SOAP: both the answer and the Response are signed with ECDSA, the
 * assertion in it is encrypted (ECDH-ES, AES key wrap, AES-256-GCM) and not signed itself.
 *
 * Spec: public notes of integrators of the Węzeł Krajowy; nobody has tried it against the operator's own environment.
 */
export const startLoginGovPl = (options: Omit<MockIdpOptions, 'binding' | 'signed' | 'key'>): Promise<MockIdp> =>
  startMockIdp({ title: 'login.gov.pl stand-in', ...options, binding: 'artifact', signed: 'response', key: 'ec' })
