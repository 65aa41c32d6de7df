/**
 * Expressions that hold a rule without being a check of their own, and what they are weakened to.
 *
 * @type {readonly { readonly file: string, readonly expression: string, readonly weakened: string }[]}
 */
export const namedMutants = [
  {
    file: 'signature/algorithms.ts',
    expression: 'constants.RSA_PSS_SALTLEN_DIGEST',
    weakened: 'constants.RSA_PSS_SALTLEN_AUTO',
  },
  { file: 'signature/algorithms.ts', expression: '!fits(algorithm, key)', weakened: 'false' },
  { file: 'signature/algorithms.ts', expression: "'ieee-p1363'", weakened: "'der'" },
  {
    file: 'signature/algorithms.ts',
    expression: 'verify(hashOf(algorithm), data, parameters(algorithm, key), value)',
    weakened: 'true',
  },
  { file: 'signature/verify-signature.ts', expression: '!library.checkSignature(xml)', weakened: 'false' },
  // eslint-disable-next-line no-template-curly-in-string -- it is the text of a source
  { file: 'validate/response-status.ts', expression: 'first === `${status}Success`', weakened: 'true' },
  { file: 'validate/validate-response.ts', expression: '!isSigned(message.response)', weakened: 'true' },
  { file: 'validate/validate-response.ts', expression: 'isSigned(element)', weakened: 'false' },
]
