import { dsElements } from '../grammar/ds-grammar.js'
import { namespaces } from '../grammar/namespaces.js'
import { allReleases, type ReleaseSet } from '../grammar/releases.js'
import type { RawKind } from '../grammar/row.js'
import { releasesOfNamespace } from '../grammar/shape.js'
import { scanXml } from '../xml/scan-xml.js'
import type { ScannedXml } from '../xml/scanned-xml.js'
import { AnyContent } from './any-content.js'
import type { Finding } from './check-value.js'
import { TapeReading } from './tape-reading.js'

const wrongNamespace = (breaks: ReleaseSet): Finding => ({
  rule: 'GRAMMAR-EXTENSION',
  message: 'holds an element of a wrong namespace',
  breaks,
})

/** What a schema says of XML that the model keeps as text, for documents in one of the namespaces of ELMO. */
function checkIn(elmo: string, tape: ScannedXml, kind: RawKind): readonly Finding[] {
  const reading = new TapeReading(tape, elmo, false, -1)
  const any = new AnyContent(reading)
  reading.findings.scope = releasesOfNamespace(elmo)
  const { namespace, localName } = tape.name(tape.root)
  if (kind === 'rawContent') any.inside(tape.root)
  else if (kind === 'rawElement') {
    const element = namespace === namespaces.ds && localName === 'Signature' ? dsElements[localName] : undefined
    if (element === undefined) reading.findings.add(tape.root, wrongNamespace(allReleases))
    else any.signature(tape.root, element)
  } else if (namespace === '' || namespace === elmo) reading.findings.add(tape.root, wrongNamespace(allReleases))
  else any.strict(tape.root, 1)
  return reading.findings.all()
}

/**
 * What breaks a release in XML that the model keeps as text, standing where the kind says.
 *
 * @throws {ElmoError} those of parseXml, when it is not well-formed by itself
 */
export function checkRaw(raw: string, kind: RawKind): readonly Finding[] {
  const tape = scanXml(Buffer.from(kind === 'rawContent' ? `<content>${raw}</content>` : raw))
  return [...checkIn(namespaces.elmo, tape, kind), ...checkIn(namespaces.elmo2, tape, kind)]
}
