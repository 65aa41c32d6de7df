import type { Attachment } from '../../model.js'
import { instancePath } from '../instance-path.js'
import type { RuleEntry } from '../lint-rule.js'
import { dataUris } from './attachment-rules.js'
import { hasEcts, identifiersOf } from './results.js'
import { isBlank } from './texts.js'

const isTranscript = (attachment: Attachment): boolean =>
  attachment.type === 'Transcript of Records' &&
  dataUris(attachment).some((uri) => uri?.mediaType === 'application/pdf')

/** Rules of EWP about documents in its answers; a profile asks for them. */
export const ewpRules: readonly RuleEntry[] = [
  {
    id: 'EWP-ISSUER-SCHAC',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'ewp',
    summary: 'The issuer has a schac, which is its HEI id in EWP.',
    hint: 'Add an identifier of type schac.',
    optIn: true,
    checks: {
      report: ({ issuer }, found) => {
        if (!issuer.identifier.some(({ type, value }) => type.trim() === 'schac' && !isBlank(value))) {
          found('the issuer has no identifier of type schac', 'issuer')
        }
      },
    },
  },
  {
    id: 'EWP-ESI',
    keyword: 'MUST',
    who: 'producer',
    releases: '1.0.0-',
    source: 'ewp',
    summary: 'The learner has a European Student Identifier.',
    hint: 'Add an identifier of type esi, such as urn:schac:personalUniqueCode:int:esi:uni.example:1234.',
    optIn: true,
    checks: {
      learner: ({ identifier = [] }, found) => {
        if (!identifier.some(({ type, value }) => type.trim() === 'esi' && !isBlank(value))) {
          found('the learner has no identifier of type esi')
        }
      },
    },
  },
  {
    id: 'EWP-LOS-ID',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'ewp',
    summary: 'An opportunity has its EWP identifier.',
    hint: 'Add an identifier of type ewp-los-id.',
    optIn: true,
    checks: {
      opportunity: ({ los }, found) => {
        if (identifiersOf(los, 'ewp-los-id').every(isBlank)) found('no identifier of type ewp-los-id')
      },
    },
  },
  {
    id: 'EWP-LOI-ID',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.2.0-',
    source: 'ewp',
    summary: 'An instance has its EWP identifier.',
    hint: 'Add an identifier of type ewp-loi-id to the instance.',
    optIn: true,
    checks: {
      opportunity: ({ loi }, found) => {
        if (identifiersOf(loi, 'ewp-loi-id').every(isBlank)) found('no identifier of type ewp-loi-id', instancePath)
      },
    },
  },
  {
    id: 'EWP-V3-FIELDS',
    keyword: 'MUST',
    who: 'producer',
    releases: '2.1.1',
    source: 'ewp',
    summary:
      'Birth date, titles, and for each result term, ECTS credits, grade and distribution are there (transcripts, v3).',
    hint: 'Fill what is missing.',
    optIn: true,
    checks: {
      learner: ({ dateOfBirth }, found) => {
        if (isBlank(dateOfBirth)) found('dateOfBirth is missing')
      },
      opportunity: ({ los, loi }, found) => {
        if (los.title.every(({ value }) => isBlank(value))) found('title is missing')
        const isResult = los.type === 'Course' || (los.type === undefined && (los.parts ?? []).length === 0)
        if (!isResult) return
        const missing = [
          ...(loi.academicTerm === undefined ? ['academicTerm'] : []),
          ...(hasEcts(los) ? [] : ['credit of scheme ects']),
          ...(isBlank(loi.resultLabel) ? ['resultLabel'] : []),
          ...(loi.resultDistribution === undefined ? ['resultDistribution'] : []),
        ]
        if (missing.length > 0) found(`missing: ${missing.join(', ')}`, instancePath)
      },
    },
  },
  {
    id: 'EWP-PDF',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'ewp',
    summary: 'A report brings its transcript as PDF.',
    hint: 'Attach it to the report, with type Transcript of Records.',
    optIn: true,
    checks: {
      document: ({ reports }, found) => {
        reports.forEach(({ attachment = [] }, index) => {
          if (!attachment.some(isTranscript)) found('no Transcript of Records as PDF', `report[${index + 1}]`)
        })
      },
    },
  },
  {
    id: 'EWP-ISCED',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'ewp',
    summary: 'Results have an ISCED code, by which a table for the conversion of grades finds them.',
    hint: 'Add iscedCode to the course or to what it is part of.',
    optIn: true,
    checks: {
      opportunity: ({ los, above }, found) => {
        if (hasEcts(los) && !above.hasIsced && isBlank(los.iscedCode)) found('a result without iscedCode')
      },
    },
  },
]
