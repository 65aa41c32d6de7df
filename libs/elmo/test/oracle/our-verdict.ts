import { ElmoError } from '../../src/elmo-error.js'
import type { Release } from '../../src/grammar/releases.js'
import { validateElmoXml } from '../../src/document/validate-elmo-xml.js'

/** What we say of a document: the releases that it is valid in, or the code of a refusal. */
export function ourVerdict(xml: Uint8Array): { readonly releases: readonly Release[]; readonly refusal?: string } {
  try {
    return { releases: validateElmoXml(xml).releases }
  } catch (error) {
    if (error instanceof ElmoError) return { releases: [], refusal: error.code }
    throw error
  }
}
