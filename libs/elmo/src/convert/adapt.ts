import { countryCodes } from '../grammar/country-codes.js'
import { statedStatus } from '../meaning/result-status.js'
import type {
  Attachment,
  Credit,
  Identifier,
  LearningOpportunitySpecification,
  Level,
  RawXml,
  Report,
} from '../model.js'
import { isReport, markerAsStatus, statusAsMarker } from './completeness-status.js'
import { countryCodeOf, countryTypeOf } from './country.js'
import { eqfOfCreditLevel, creditLevelOfEqf } from './credit-level.js'
import type { ElmoConversion, Fields } from './elmo-conversion.js'
import { generateIdentifier, isGenerated } from './generated-identifier.js'
import { pointer, type Place } from './loss-report.js'
import { hasProperty, needsProperty, valuesInRelease } from './release-rows.js'

/** Both names of the date of birth, as the release wants them. `dateOfBirth` counts where they differ. */
function adaptBirthDate(fields: Fields, { from, to }: Place, conversion: ElmoConversion): void {
  const { bday, dateOfBirth } = fields
  const bothNames = [pointer(to, 'bday'), pointer(to, 'dateOfBirth')] as const
  const old = hasProperty('Learner', 'bday', conversion.release)
  const young = hasProperty('Learner', 'dateOfBirth', conversion.release)
  if (old && young) {
    if (bday === undefined && dateOfBirth !== undefined) conversion.report.add('BIRTH_DATE_REPEATED', bothNames[0])
    if (dateOfBirth === undefined && bday !== undefined) conversion.report.add('BIRTH_DATE_REPEATED', bothNames[1])
    fields['bday'] = bday ?? dateOfBirth
    fields['dateOfBirth'] = dateOfBirth ?? bday
    return
  }
  const kept = old ? bothNames[0] : bothNames[1]
  const date = dateOfBirth ?? bday
  if (bday !== undefined && dateOfBirth !== undefined && bday !== dateOfBirth) {
    conversion.report.add('BIRTH_DATES_DIFFER', pointer(from, 'bday'))
    if (old) conversion.report.add('BIRTH_DATE_MOVED', pointer(from, 'dateOfBirth'), kept)
  } else if (old && dateOfBirth !== undefined) {
    conversion.report.add('BIRTH_DATE_MOVED', pointer(from, 'dateOfBirth'), kept)
  } else if (young && bday !== undefined) {
    conversion.report.add('BIRTH_DATE_MOVED', pointer(from, 'bday'), kept)
  }
  fields['bday'] = old ? date : undefined
  fields['dateOfBirth'] = young ? date : undefined
}

function adaptCountry(type: string, property: string, fields: Fields, place: Place, conversion: ElmoConversion): void {
  const value = fields[property]
  const typeProperty = `${property}Type`
  if (!hasProperty(type, property, conversion.release) || typeof value !== 'string') return
  if (hasProperty(type, typeProperty, conversion.release)) {
    if (fields[typeProperty] !== undefined) return
    fields[typeProperty] = countryTypeOf(value)
    conversion.report.add('COUNTRY_TYPE_ADDED', pointer(place.to, typeProperty))
    return
  }
  if (fields[typeProperty] !== undefined) {
    conversion.report.add('COUNTRY_TYPE_IMPLIED', pointer(place.from, typeProperty))
    fields[typeProperty] = undefined
  }
  if (countryCodes.has(value)) return
  const code = countryCodeOf(value)
  const isKnown = code !== undefined && countryCodes.has(code)
  conversion.report.add(isKnown ? 'COUNTRY_REWRITTEN' : 'COUNTRY_NOT_EXPRESSIBLE', pointer(place.from, property))
  fields[property] = isKnown ? code : undefined
}

function adaptLearner(fields: Fields, place: Place, conversion: ElmoConversion): void {
  adaptBirthDate(fields, place, conversion)
  adaptCountry('Learner', 'citizenship', fields, place, conversion)
  adaptCountry('Learner', 'countryOfBirth', fields, place, conversion)
  if (fields['alternativeName'] === undefined && needsProperty('Learner', 'alternativeName', conversion.release)) {
    fields['alternativeName'] = { value: '' }
    conversion.report.add('ALTERNATIVE_NAME_EMPTY', pointer(place.to, 'alternativeName'))
  }
}

/** Before 2.1 no release has enrolments: what is left of one would pass for a passed result. */
function adaptEnrolment(fields: Fields, place: Place, { release, report }: ElmoConversion): void {
  if (hasProperty('LearningOpportunityInstance', 'enrolment', release)) return
  if (!hasProperty('LearningOpportunityInstance', 'status', release)) return
  const los = fields as unknown as LearningOpportunitySpecification
  const { status = '' } = (fields['instance'] ?? {}) as { status?: unknown }
  if (!los.instance || typeof status !== 'string' || status.trim() !== '' || statedStatus(los) === undefined) return
  fields['instance'] = { ...los.instance, status: 'in-progress' }
  report.add('IN_PROGRESS_ADDED', pointer(pointer(place.to, 'instance'), 'status'))
}

function adaptSpecification(fields: Fields, place: Place, conversion: ElmoConversion): void {
  adaptEnrolment(fields, place, conversion)
  const identifiers = (fields['identifier'] ?? []) as readonly Identifier[]
  const own = pointer(place.to, 'identifier')
  if (needsProperty('LearningOpportunitySpecification', 'identifier', conversion.release)) {
    if (identifiers.length > 0) return
    if (conversion.options.missingIdentifiers === 'report') return conversion.report.add('IDENTIFIER_MISSING', own)
    fields['identifier'] = [generateIdentifier(place.to)]
    return conversion.report.add('IDENTIFIER_GENERATED', own)
  }
  if (identifiers.length === 1 && identifiers.every(isGenerated)) {
    fields['identifier'] = undefined
    conversion.report.add('IDENTIFIER_UNGENERATED', pointer(place.from, 'identifier'))
  }
}

/** `credit/level` went with ELMO 2, `level` came with 1.2: each takes the other's place where it says the same. */
function adaptLevels(fields: Fields, place: Place, conversion: ElmoConversion): void {
  const credits = (fields['credit'] ?? []) as readonly Credit[]
  const levels = (fields['level'] ?? []) as readonly Level[]
  if (!hasProperty('Credit', 'level', conversion.release)) {
    const all = [...levels]
    fields['credit'] =
      fields['credit'] &&
      credits.map((credit, index) => {
        const { level, ...rest } = credit
        const value = eqfOfCreditLevel(level)
        const isFree = all.every(({ type, value: other }) => type !== 'EQF' || other === value)
        if (value === undefined || !isFree) return credit
        let at = all.findIndex(({ type }) => type === 'EQF')
        if (at < 0) at = all.push({ type: 'EQF', value }) - 1
        conversion.report.add(
          'CREDIT_LEVEL_MOVED',
          pointer(pointer(pointer(place.from, 'credit'), index), 'level'),
          pointer(pointer(place.to, 'level'), at),
        )
        return rest
      })
    if (all.length > 0) fields['level'] = all
  } else if (!hasProperty('LearningOpportunityInstance', 'level', conversion.release) && credits.length > 0) {
    const at = levels.findIndex(({ type, value }) => type === 'EQF' && creditLevelOfEqf(value) !== undefined)
    const level = creditLevelOfEqf(levels[at]?.value)
    if (level === undefined || credits.some((credit) => credit.level !== undefined)) return
    fields['credit'] = credits.map((credit) => ({ ...credit, level }))
    credits.forEach((_, index) =>
      conversion.report.add(
        'LEVEL_MOVED',
        pointer(pointer(place.from, 'level'), at),
        pointer(pointer(pointer(place.to, 'credit'), index), 'level'),
      ),
    )
  }
}

function adaptInstance(fields: Fields, place: Place, conversion: ElmoConversion): void {
  adaptLevels(fields, place, conversion)
  if (
    fields['grouping'] === undefined &&
    needsProperty('LearningOpportunityInstance', 'grouping', conversion.release)
  ) {
    fields['grouping'] = {}
    conversion.report.add('GROUPING_EMPTY', pointer(place.to, 'grouping'))
  }
}

function adaptAttachment(fields: Fields, place: Place, conversion: ElmoConversion): void {
  const { type, content = [] } = fields as unknown as Attachment
  const known = valuesInRelease('attachmentType', conversion.release)
  if (type !== undefined && !known.includes(type)) {
    const meant = known.find((each) => each.toLowerCase() === type.trim().toLowerCase())
    fields['type'] = meant ?? known.find((each) => each === 'Other')
    if (meant !== undefined) conversion.report.add('ATTACHMENT_TYPE_SPELLING', pointer(place.from, 'type'))
    else if (fields['type'] !== undefined) conversion.report.add('ATTACHMENT_TYPE_OTHER', pointer(place.from, 'type'))
    else conversion.report.add('ATTACHMENT_TYPE_OMITTED', pointer(place.from, 'type'))
  }
  if (content.length === 0 && needsProperty('Attachment', 'content', conversion.release)) {
    fields['content'] = [{ value: '' }]
    conversion.report.add('CONTENT_EMPTY', pointer(place.to, 'content'))
  }
}

/** Documents of ELMO 1.1 to 2.0 say in their extension what a report of 2.1 says in its status. */
function adaptCompleteness(fields: Fields, place: Place, conversion: ElmoConversion): void {
  const reports = fields['reports'] as readonly Report[]
  const extension = (fields['extension'] ?? []) as readonly RawXml[]
  if (!Array.isArray(reports) || !reports.every(isReport) || !Array.isArray(extension)) return
  const adapted = hasProperty('Report', 'status', conversion.release)
    ? markerAsStatus(reports, extension)
    : statusAsMarker(reports, extension)
  if (adapted === undefined || conversion.release === '1.0.0') return
  fields['reports'] = adapted.reports
  fields['extension'] = adapted.extension.length === 0 ? undefined : adapted.extension
  for (const { code, from, to } of adapted.moves)
    conversion.report.add(code, place.from + from, to === undefined ? undefined : place.to + to)
}

function adaptDocument(fields: Fields, place: Place, conversion: ElmoConversion): void {
  if (fields['signature'] !== undefined) {
    fields['signature'] = undefined
    conversion.report.add('SIGNATURE_LOST', pointer(place.from, 'signature'))
  }
  if (needsProperty('Elmo', 'signature', conversion.release)) {
    conversion.report.add('SIGNATURE_REQUIRED', pointer(place.to, 'signature'))
  }
  adaptCompleteness(fields, place, conversion)
}

const adaptations: Readonly<Record<string, (fields: Fields, place: Place, conversion: ElmoConversion) => void>> = {
  Elmo: adaptDocument,
  Learner: adaptLearner,
  Issuer: (fields, place, conversion) => adaptCountry('Issuer', 'country', fields, place, conversion),
  LearningOpportunitySpecification: adaptSpecification,
  LearningOpportunityInstance: adaptInstance,
  Attachment: adaptAttachment,
}

/** ELMO 1.0.0 has extensions, but validates them strictly, so that nothing of one's own may stand in them. */
function dropExtensions(fields: Fields, place: Place, conversion: ElmoConversion): void {
  for (const property of ['extension', 'specifiesExtension', 'extensionAttributes', 'specifiesExtensionAttributes']) {
    const held = fields[property] as readonly unknown[] | undefined
    if (held === undefined || held.length === 0) continue
    fields[property] = undefined
    conversion.report.add('EXTENSION_NOT_ALLOWED', pointer(place.from, property))
  }
}

/** The fields of one object, a copy, with what the release of the conversion says in another way said in that way. */
export function adapt(type: string, source: Fields, place: Place, conversion: ElmoConversion): Fields {
  const fields = { ...source }
  adaptations[type]?.(fields, place, conversion)
  if (conversion.release === '1.0.0') dropExtensions(fields, place, conversion)
  return fields
}
