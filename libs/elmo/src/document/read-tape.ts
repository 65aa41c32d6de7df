import { ElmoError, type ElmoProblem } from '../elmo-error.js'
import {
  allReleases,
  defaultRelease,
  releaseBit,
  releases as everyRelease,
  releasesOf,
  releaseWords,
  type Release,
  type ReleaseSet,
} from '../grammar/releases.js'
import { releasesOfNamespace, rootRow } from '../grammar/shape.js'
import type { Elmo } from '../model.js'
import type { ScannedXml } from '../xml/scanned-xml.js'
import { TapeReading } from './tape-reading.js'

/** A document as data, with everything that is wrong with it. */
export interface ReadElmo {
  /**
   * Always has the shape that its types promise: what was missing and required is empty text or an empty list, and
   * stands in `problems`.
   */
  readonly elmo: Elmo
  /** The namespace of the root; '' for none. */
  readonly namespace: string
  /** The releases by whose official schema the document is valid, oldest first. */
  readonly releases: readonly Release[]
  /**
   * The release that `problems` are about: the one that was asked for; else 1.7.0 or the newest that the document is
   * valid in; else, when it is valid in none, the one with the fewest problems.
   */
  readonly release: Release
  /**
   * What breaks the release, and notices of practice, which break none (`releases` is absent). At most 1,000. No problem
   * quotes a value.
   */
  readonly problems: readonly ElmoProblem[]
}

export interface ReadTape extends ReadElmo {
  /** Whether parts of the document stand in the model as XML text, with more in it than canonical form would keep. */
  readonly holdsXml: boolean
}

export interface TapeOptions {
  readonly release?: Release
  /** Whether the signature of the document becomes part of the model. */
  readonly keepSignature?: boolean
  /** The node of the signature of the document, where it was checked already: it counts as there and is not looked into. */
  readonly skip?: number
}

const preReleaseRoot = 'emrex-ncp-elmo-response'
const preReleaseNamespace = 'https://github.com/emrex-eu/elmo-schemas/tree/1.0'

function isElmoRoot(localName: string, namespace: string): boolean {
  return localName === 'elmo' || (localName === preReleaseRoot && namespace === preReleaseNamespace)
}

function noteRoot(reading: TapeReading, root: number, localName: string): void {
  const ofNamespace = releasesOfNamespace(reading.namespace)
  const { findings } = reading
  if (ofNamespace === 0) {
    const message = 'the document is not in a namespace of ELMO'
    findings.add(root, { rule: 'P-NS-VARIANT', message, breaks: allReleases })
  } else if (findings.breaks(allReleases & ~ofNamespace)) {
    const message = `the namespace is that of ELMO ${releaseWords(ofNamespace)}`
    findings.add(root, { rule: 'GRAMMAR-NAMESPACE', message, breaks: allReleases & ~ofNamespace })
  }
  if (localName !== 'elmo') {
    findings.add(root, { rule: 'P-ROOT', message: 'the root element should be "elmo"', breaks: allReleases })
  }
}

/** Candidates for what problems are told against; of equals the first counts, so the default leads and newer go before. */
const byPreference = [defaultRelease, ...[...everyRelease].reverse().filter((each) => each !== defaultRelease)]

function releaseToTell(reading: TapeReading, valid: ReleaseSet): ReleaseSet {
  const among = valid !== 0 ? valid : releasesOfNamespace(reading.namespace) || allReleases
  const candidates = byPreference.map(releaseBit).filter((bit) => bit & among)
  return valid !== 0 ? (candidates[0] as ReleaseSet) : reading.findings.nearest(candidates)
}

/** The release that a document is told about when it is valid there, as far as its namespace can say. */
const likely = (namespace: string): ReleaseSet => {
  const possible = releasesOfNamespace(namespace) || allReleases
  return byPreference.map(releaseBit).find((bit) => bit & possible) as ReleaseSet
}

/** One walk: the model in `elmo`, and findings about the wanted releases. */
function walk(tape: ScannedXml, options: TapeOptions, wanted: ReleaseSet, elmo: Record<string, unknown>): TapeReading {
  const { localName, namespace } = tape.name(tape.root)
  const reading = new TapeReading(tape, namespace, options.keepSignature ?? false, options.skip ?? -1, wanted)
  noteRoot(reading, tape.root, localName)
  reading.fill(tape.root, rootRow.shape, elmo)
  return reading
}

/**
 * Reads and judges a scanned document: in one walk where it is valid or the release is given, else in two, the second of
 * which notes what breaks any release. `readElmo` says what is guaranteed.
 *
 * @throws {ElmoError} ELMO_NOT_ELMO when the root is no ELMO document
 */
export function readTape(tape: ScannedXml, options: TapeOptions = {}): ReadTape {
  const { root } = tape
  const { localName, namespace } = tape.name(root)
  if (!isElmoRoot(localName, namespace)) {
    throw new ElmoError('ELMO_NOT_ELMO', 'the root element is not "elmo"', {
      ...tape.locate(tape.start(root)),
      path: '/',
    })
  }
  const wanted = options.release === undefined ? likely(namespace) : releaseBit(options.release)
  const elmo: Record<string, unknown> = {}
  let reading = walk(tape, options, wanted, elmo)
  const valid = allReleases & ~reading.findings.broken
  let told = wanted
  if (options.release === undefined && (valid & wanted) === 0) {
    reading = walk(tape, options, allReleases, {})
    told = releaseToTell(reading, valid)
  }
  const problems = reading.findings.problems(told, tape)
  const [release] = releasesOf(told) as [Release]
  return {
    elmo: elmo as unknown as Elmo,
    namespace,
    releases: releasesOf(valid),
    release,
    problems,
    holdsXml: reading.holdsXml,
  }
}
