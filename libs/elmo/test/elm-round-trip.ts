import type { ConversionLoss } from '../src/convert/conversion-loss.js'
import { fromElm } from '../src/convert/elm/from-elm.js'
import { toElm, type ElmOptions } from '../src/convert/elm/to-elm.js'
import type { Elmo, LearningOpportunitySpecification } from '../src/model.js'
import { unnamedDepartures } from './expect-survival.js'

export const elmOptions: ElmOptions = { credentialId: (index) => `urn:credential:example-${index}` }

/** Where in a document of ELMO a place of its credentials is. */
const inElmo = (path: string): string =>
  path
    .replace(/^\/credentials\/(\d+)\/credentialSubject\/hasClaim/, '/reports/$1/learningOpportunitySpecification')
    .replaceAll('/hasPart/', '/parts/')
    .replace(/\/specifiedBy\/eqfLevel$/, '/instance/level/0')

const placed = (losses: readonly ConversionLoss[]): ConversionLoss[] =>
  losses.map((loss) => {
    const path = loss.what === 'added' ? inElmo(loss.path) : loss.path
    return loss.kept === undefined ? { ...loss, path } : { ...loss, path, kept: inElmo(loss.kept) }
  })

/** Without attachments, which lose their place and have tests of their own; with one date of birth under both names. */
export function withoutFiles(elmo: Elmo): Elmo {
  const strip = (los: LearningOpportunitySpecification): void => {
    delete los.instance.diplomaSupplement
    los.parts?.forEach(strip)
  }
  const copy = structuredClone(elmo)
  if (copy.learner.bday !== undefined) copy.learner.dateOfBirth ??= copy.learner.bday
  delete copy.attachments
  for (const report of copy.reports) {
    delete report.attachment
    report.learningOpportunitySpecification?.forEach(strip)
  }
  return copy
}

/** A document through credentials and back, with all that went wrong: what nobody named, and what was read for nothing. */
export function elmRoundTrip(elmo: Elmo): { elmo: Elmo; unnamed: string[]; unread: string[] } {
  const { credentials, losses } = toElm(elmo, elmOptions)
  const read = fromElm(JSON.stringify(credentials))
  const added = read.losses.filter(({ what }) => what === 'added')
  // What our own credentials say beyond ELMO is how they are shown.
  const unread = read.losses.filter(({ what, path }) => what !== 'added' && !path.endsWith('/displayParameter'))
  return {
    elmo: read.elmo,
    unnamed: unnamedDepartures(elmo, read.elmo, [...placed(losses), ...added]),
    unread: unread.map(({ code, path }) => `${code} ${path}`),
  }
}
