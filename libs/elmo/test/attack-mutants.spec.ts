import { jest } from '@jest/globals'
import { readElmo } from '../src/document/read-elmo.js'
import { ElmoError } from '../src/elmo-error.js'
import { unpackElmo } from '../src/packing/unpack-elmo.js'
import type { SignatureEngine } from '../src/signature/signature-algorithms.js'
import { verifyElmo } from '../src/signature/verify-elmo.js'
import { attackKinds } from './attack-kinds.js'
import { attackMutants, attackTwins } from './attack-mutants.js'

jest.setTimeout(600_000)

const count = process.env['EMREX_LONG_TESTS'] ? 24_000 : 2_400

/** The code of the refusal; `verified` after what was read is found to be what was signed, and nothing else. */
function verdict(received: Uint8Array, certificates: readonly string[], engine: SignatureEngine): string {
  try {
    const xml = received[0] === 0x1f ? unpackElmo(received).xml : received
    const outcome = verifyElmo(xml, { certificates, at: new Date(), engine })
    if (!outcome.verified) return outcome.code
    expect(outcome.document.elmo).toEqual(readElmo(outcome.document.signedBytes).elmo)
    expect(outcome.document.elmo.learner.familyName).toBe('Tolvansson')
    return 'verified'
  } catch (error) {
    if (error instanceof ElmoError) return error.code
    throw error
  }
}

describe('verifyElmo, attacked', () => {
  it('accepts the good twin of every attack', async () => {
    for (const { text, signer } of await attackTwins()) {
      for (const engine of ['fast', 'reference'] as const) {
        expect(verdict(Buffer.from(text), [signer.certificate], engine)).toBe('verified')
      }
    }
  })

  it(`accepts none of ${count} mutants, and refuses each with the code of its kind`, async () => {
    const mutants = attackMutants(await attackTwins(), count, 41)
    const wrong = mutants.flatMap(({ kind, twin, received, code, certificates = [twin.signer.certificate] }, index) => {
      // Only these meet the engines; all others are refused before either is asked.
      const isForEngine = code === 'ELMO_SIGNATURE_INVALID' || code === 'ELMO_SIGNER_UNKNOWN'
      const engines: SignatureEngine[] = isForEngine && index % 3 > 0 ? ['fast'] : ['fast', 'reference']
      const said = engines.map((engine) => verdict(received, certificates, engine))
      return said.every((one) => one === code) ? [] : [{ kind, code, said, xml: Buffer.from(received).toString() }]
    })
    expect(wrong.slice(0, 3)).toEqual([])
    expect(wrong.length).toBe(0)
    expect(new Set(mutants.map(({ kind }) => kind))).toEqual(new Set(Object.keys(attackKinds)))
    expect(new Set(mutants.map(({ received }) => Buffer.from(received).toString('latin1'))).size).toBeGreaterThan(
      count / 2,
    )
  })
})
