import { demand } from '../saml-refusal.js'
import type { XmlLimits } from './xml-limits.js'

const declaration =
  /^<\?xml\s+version\s*=\s*["']1\.0["'](?:\s+encoding\s*=\s*["']([A-Za-z][\w.-]*)["'])?(?:\s+standalone\s*=\s*["'](?:yes|no)["'])?\s*\?>/
const whatXmlAllows = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u
const fiveEntities = /&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)/
const characterReferences = /&#(x?)([0-9A-Fa-f]+);/g

/**
 * Looks through a text before a parser sees it: what parsers read differently, what makes them slow, and what a message
 * has no need of. A `<` that is not markup is refused by the parser, so that it need not be told apart here.
 * @throws {SamlRefusal} a detail of XmlDetail
 */
export function scanMarkup(text: string, limits: XmlLimits): void {
  demand(whatXmlAllows.test(text), 'xml')
  const [written, encoding] = declaration.exec(text) ?? ['', undefined]
  demand(encoding === undefined || encoding.toLowerCase() === 'utf-8', 'encoding')
  const rest = text.slice(written.length)
  demand(!rest.includes('<![CDATA['), 'cdata')
  demand(!rest.includes('<!--'), 'comment')
  demand(!rest.includes('<!'), 'doctype')
  demand(!rest.includes('<?'), 'pi')
  demand(!rest.includes(']]>'), 'xml')
  demand(!fiveEntities.test(rest), 'entity')
  for (const [, hexadecimal, digits] of rest.matchAll(characterReferences)) {
    const point = parseInt(digits!, hexadecimal === 'x' ? 16 : 10)
    demand(point <= 0x10ffff && whatXmlAllows.test(String.fromCodePoint(point)), 'xml')
  }
  scanTags(rest, limits)
}

function scanTags(text: string, limits: XmlLimits): void {
  let depth = 0
  let elements = 0
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const isEnd = text[at + 1] === '/'
    let attributes = 0
    let isEmpty = false
    for (at += 1; at < text.length && text[at] !== '>'; at += 1) {
      const character = text[at]
      isEmpty = character === '/'
      if (character === '=') attributes += 1
      if (character !== '"' && character !== "'") continue
      const end = text.indexOf(character, at + 1)
      // No end: the parser refuses that.
      if (end === -1) return
      at = end
    }
    demand(attributes <= limits.maxAttributes, 'too-big')
    if (isEnd) {
      depth -= 1
      continue
    }
    elements += 1
    demand(elements <= limits.maxElements, 'too-big')
    demand(depth < limits.maxDepth, 'depth')
    if (!isEmpty) depth += 1
  }
}
