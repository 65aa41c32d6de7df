import { ElmoError } from '../elmo-error.js'
import type { ElmoLimits } from '../limits.js'
import type { Steps } from '../steps.js'
import { scanInSteps } from '../xml/scan-xml.js'
import type { ScannedXml } from '../xml/scanned-xml.js'
import { nodeKind } from '../xml/xml-tape.js'

/** Measured: where each is an element with a declaration, the dearest shape, xml-crypto takes 2 s for as many. */
const mostParts = 100_000

/**
 * `scanXml` in slices for a document that xml-crypto is to check. It makes an object of each part and takes 10 to 60
 * microseconds for it, at once, so it is spared documents of very many.
 * @throws {ElmoError} as `scanXml`; ELMO_TOO_MANY_NODES above 100,000 elements, texts, attributes and declarations
 */
export function* scanForReference(xml: Uint8Array, limits?: Partial<ElmoLimits>): Steps<ScannedXml> {
  const tape = yield* scanInSteps(xml, limits)
  // Comments are taken out before.
  let parts = -tape.comments
  for (let node = 0; node < tape.length; node++) {
    parts += 1
    if (tape.kind(node) === nodeKind.element) parts += tape.attributeCount(node) + tape.declarationCount(node)
  }
  if (parts <= mostParts) return tape
  throw new ElmoError(
    'ELMO_TOO_MANY_NODES',
    `More than ${mostParts} elements, texts, attributes and declarations: the reference engine takes no more.`,
  )
}
