export { decryptAssertion, maxDecryptionAttempts } from './decrypt-assertion.js'
export { encryptionPolicyAt } from './encryption-policy-at.js'
export type { EncryptionPolicy } from './parse-encrypted-assertion.js'
