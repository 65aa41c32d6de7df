// What our library does, for every measurement in one place: change it here when the library gets another door.
import * as library from '@emrex-gateway/elmo'

/** The default engine of the library, or plain xml-crypto on the whole document. @typedef {'ours' | 'reference'} Engine */

/** @param {Engine} engine */
const engineOption = (engine) => ({ engine: engine === 'reference' ? /** @type {const} */ ('reference') : undefined })

/**
 * Unpack, verify, validate, read: from the value of the form field to the model with its problems.
 *
 * @param {string} packed
 * @param {{ certificate: string, engine: Engine }} options
 */
export async function receive(packed, { certificate, engine }) {
  const policy = { certificates: [certificate], at: new Date(), ...engineOption(engine) }
  const { outcome } = await library.receiveElmo(packed, policy)
  if (!outcome.verified) throw new Error(`the document was refused: ${outcome.code}`)
  if (outcome.document.problems.length > 0) throw new Error('the document is not valid')
}

/**
 * Write and sign.
 *
 * @param {import('@emrex-gateway/elmo').Elmo} elmo
 * @param {import('@emrex-gateway/elmo').SigningKey} key
 * @param {Engine} engine
 */
export const writeAndSign = (elmo, key, engine) => library.writeSignedElmo(elmo, key, engineOption(engine))

/** @param {Uint8Array} xml */
export const pack = (xml) => library.packElmo(xml)
