import { scanXml } from '../src/xml/scan-xml.js'
import { nodeKind } from '../src/xml/xml-tape.js'

/** Canonical form is not defined over namespace names that are no absolute URIs; libxml2 refuses such documents. */
export function hasRelativeNamespace(xml: Uint8Array): boolean {
  const tape = scanXml(xml)
  for (let node = tape.root; node < tape.length; node++) {
    if (tape.kind(node) !== nodeKind.element) continue
    for (let i = 0; i < tape.declarationCount(node); i++) {
      const uri = tape.declarationUri(tape.firstDeclaration(node) + i)
      if (!/^(?:[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`\u007f-\uffff]+)?$/i.test(uri)) return true
    }
  }
  return false
}
