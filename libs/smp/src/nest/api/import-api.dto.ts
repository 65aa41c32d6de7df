import 'reflect-metadata'
import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger'
import { resultFields } from '../../api/result-fields.js'

const id = 'r8Qm2vYx0c3LkT9eWbN1sZpA'
const at = '2026-11-02T10:00:00.000Z'
const names: string[] = [...resultFields]
const fields: { type: 'array'; items: { type: string; enum: string[] } } = {
  ...{ type: 'array', items: { type: 'string', enum: names } },
}
const day = '2019-06-30'

@ApiSchema({ description: 'Who the applicant is, as you know. Deleted as soon as the request is over.' })
export class ApplicantDto {
  @ApiPropertyOptional({ type: String, maxLength: 200, example: 'Aino' })
  readonly givenNames?: string
  @ApiPropertyOptional({ type: String, maxLength: 200, example: 'Esimerkki' })
  readonly familyName?: string
  @ApiPropertyOptional({ type: String, format: 'date', example: '1952-10-13' })
  readonly birthDate?: string
  @ApiPropertyOptional({
    type: String,
    format: 'email',
    description: 'Reminders go there.',
    example: 'aino@mail.example',
  })
  readonly email?: string
}

@ApiSchema({ description: 'What you ask for.' })
export class OrderDto {
  @ApiProperty({ type: String, description: 'One of your purposes.', example: 'recruitment' })
  readonly purpose!: string
  @ApiPropertyOptional({
    ...fields,
    description: 'Fewer fields than the purpose allows; all of them where absent.',
    example: ['degree-title', 'degree-date'],
  })
  readonly fields?: string[]
  @ApiPropertyOptional({ type: String, description: 'BCP 47; for titles and reminders.', default: 'en', example: 'en' })
  readonly language?: string
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 90,
    description: 'For the applicant to answer.',
    example: 14,
  })
  readonly days?: number
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description: 'How long the result is kept here: at most as long as the purpose says.',
    example: 30,
  })
  readonly retentionDays?: number
  @ApiPropertyOptional({
    type: String,
    minLength: 1,
    maxLength: 100,
    description: 'Your own word.',
    example: 'job-4711',
  })
  readonly reference?: string
  @ApiPropertyOptional({ type: () => ApplicantDto })
  readonly applicant?: ApplicantDto
}

class NamedRequest {
  @ApiProperty({ type: String, example: id })
  readonly id!: string
  @ApiProperty({ type: String, format: 'date-time', example: at })
  readonly createdAt!: string
}

class OpenRequest extends NamedRequest {
  @ApiProperty({ type: String, example: 'recruitment' })
  readonly purpose!: string
  @ApiProperty({ ...fields, example: ['degree-title', 'degree-date'] })
  readonly fields!: string[]
  @ApiProperty({ type: String, example: 'en' })
  readonly language!: string
  @ApiProperty({ type: 'integer', example: 30 })
  readonly retentionDays!: number
  @ApiProperty({ type: String, format: 'date-time', description: 'Until then it can be answered.', example: at })
  readonly expiresAt!: string
  @ApiPropertyOptional({ type: String, example: 'job-4711' })
  readonly reference?: string
}

@ApiSchema({ description: 'The link was not used yet.' })
export class WaitingRequestDto extends OpenRequest {
  @ApiProperty({ type: String, enum: ['waiting'] })
  readonly status!: 'waiting'
}

@ApiSchema({ description: 'The applicant is at it.' })
export class OpenedRequestDto extends OpenRequest {
  @ApiProperty({ type: String, enum: ['opened'] })
  readonly status!: 'opened'
}

@ApiSchema({ description: 'The applicant got no results, for the reason in `code`. You may take another link.' })
export class FailedRequestDto extends OpenRequest {
  @ApiProperty({ type: String, enum: ['failed'] })
  readonly status!: 'failed'
  @ApiProperty({ type: String, description: 'A reason code.', example: 'NO_RESULTS' })
  readonly code!: string
}

@ApiSchema({ description: 'The applicant agreed; the result can be read until it is deleted.' })
export class CompletedRequestDto extends NamedRequest {
  @ApiProperty({ type: String, enum: ['completed'] })
  readonly status!: 'completed'
  @ApiProperty({ type: String, example: 'recruitment' })
  readonly purpose!: string
  @ApiProperty({ ...fields, example: ['degree-title', 'degree-date'] })
  readonly fields!: string[]
  @ApiProperty({ type: String, example: 'en' })
  readonly language!: string
  @ApiProperty({ type: String, format: 'date-time', example: at })
  readonly agreedAt!: string
  @ApiProperty({ type: String, format: 'date-time', description: 'Then it is deleted.', example: at })
  readonly deletedAt!: string
  @ApiPropertyOptional({ type: String, example: 'job-4711' })
  readonly reference?: string
}

class OverRequest extends NamedRequest {
  @ApiProperty({ type: String, format: 'date-time', description: 'Then nobody knows it any more.', example: at })
  readonly forgottenAt!: string
}

@ApiSchema({ description: 'The applicant declined.' })
export class DeclinedRequestDto extends OverRequest {
  @ApiProperty({ type: String, enum: ['declined'] })
  readonly status!: 'declined'
  @ApiProperty({ type: String, enum: ['USER_DECLINED'] })
  readonly code!: string
}

@ApiSchema({ description: 'Nobody answered in time.' })
export class ExpiredRequestDto extends OverRequest {
  @ApiProperty({ type: String, enum: ['expired'] })
  readonly status!: 'expired'
  @ApiProperty({ type: String, enum: ['REQUEST_EXPIRED'] })
  readonly code!: string
}

@ApiSchema({ description: 'Works once. It is told here and nowhere else.' })
export class LinkDto {
  @ApiProperty({ type: String, format: 'uri', example: 'https://emrex.example.edu/smp/jobs/links/Zk3vYx0c3LkT' })
  readonly url!: string
  @ApiProperty({ type: String, format: 'date-time', example: at })
  readonly until!: string
}

@ApiSchema({ description: 'A new request and the link for the applicant.' })
export class CreatedDto {
  @ApiProperty({ type: () => WaitingRequestDto })
  readonly request!: WaitingRequestDto
  @ApiProperty({ type: () => LinkDto })
  readonly link!: LinkDto
}

class LearnerDto {
  @ApiPropertyOptional({ type: String, example: 'Aino' })
  readonly givenNames?: string
  @ApiPropertyOptional({ type: String, example: 'Esimerkki' })
  readonly familyName?: string
  @ApiPropertyOptional({ type: String, example: '1952-10-13' })
  readonly birthDate?: string
}

class InstitutionDto {
  @ApiProperty({ type: String, example: 'University of the Coast' })
  readonly name!: string
  @ApiPropertyOptional({ type: String, pattern: '^[A-Z]{2}$', example: 'NO' })
  readonly country?: string
}

class DegreeDto {
  @ApiPropertyOptional({ type: String, example: 'Master of Marine Biology' })
  readonly title?: string
  @ApiPropertyOptional({ type: String, pattern: '^[1-8]$', description: 'EQF level.', example: '7' })
  readonly level?: string
  @ApiPropertyOptional({ type: String, example: day })
  readonly date?: string
  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'Place in `institutions`.', example: 0 })
  readonly institution?: number
}

class CreditsDto {
  @ApiProperty({ type: String, nullable: true, description: 'Null where the document states none.', example: '120' })
  readonly ects!: string | null
}

class CourseDto {
  @ApiPropertyOptional({ type: String, example: 'Marine Biology' })
  readonly title?: string
  @ApiPropertyOptional({ type: String, example: 'BIO201' })
  readonly code?: string
  @ApiPropertyOptional({ type: String, example: 'Course' })
  readonly type?: string
  @ApiPropertyOptional({ type: String, example: '7.5' })
  readonly ects?: string
  @ApiPropertyOptional({ type: String, example: 'B' })
  readonly grade?: string
  @ApiPropertyOptional({ type: String, example: day })
  readonly date?: string
  @ApiProperty({ type: String, enum: ['passed', 'failed', 'in-progress'] })
  readonly status!: string
  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'Place in `institutions`.', example: 0 })
  readonly institution?: number
  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'Place in `results` of its whole.', example: 0 })
  readonly partOf?: number
}

class DocumentDto {
  @ApiProperty({ type: String, enum: ['application/xml'] })
  readonly mediaType!: string
  @ApiProperty({ type: String, format: 'byte', description: 'The signed bytes as they came.', example: 'PGVsbW8+' })
  readonly base64!: string
}

@ApiSchema({ description: 'Only members that the fields of the request name.' })
export class FieldsDto {
  @ApiPropertyOptional({ type: () => LearnerDto })
  readonly learner?: LearnerDto
  @ApiPropertyOptional({ type: () => [InstitutionDto] })
  readonly institutions?: InstitutionDto[]
  @ApiPropertyOptional({
    type: () => [DegreeDto],
    description: 'Degrees that were awarded; empty where none is shown.',
  })
  readonly degrees?: DegreeDto[]
  @ApiPropertyOptional({ type: () => CreditsDto })
  readonly credits?: CreditsDto
  @ApiPropertyOptional({ type: () => [CourseDto] })
  readonly results?: CourseDto[]
  @ApiPropertyOptional({ type: () => DocumentDto })
  readonly document?: DocumentDto
}

class SourceDto {
  @ApiProperty({ type: String, example: 'University of the Coast' })
  readonly name!: string
  @ApiProperty({ type: String, example: 'NO' })
  readonly country!: string
}

class SignerDto {
  @ApiProperty({ type: String, example: 'CN=Coast NCP' })
  readonly subject!: string
  @ApiProperty({ type: String, example: 'CN=Coast NCP' })
  readonly issuer!: string
  @ApiProperty({ type: String, example: 'AB:CD' })
  readonly sha256Fingerprint!: string
  @ApiProperty({ type: String, format: 'date-time', example: at })
  readonly notAfter!: string
}

class PersonDto {
  @ApiProperty({
    type: String,
    enum: ['same', 'doubt'],
    description: '`doubt`: names or dates are near, not equal. You decide. Another person never gets here.',
  })
  readonly verdict!: string
  @ApiProperty({ type: 'array', items: { type: 'string' }, example: ['birth-date-equal', 'family-same', 'given-same'] })
  readonly reasons!: string[]
  @ApiProperty({
    type: 'array',
    items: { type: 'string', enum: ['login', 'order'] },
    description: 'What the document was compared with: a login of the applicant here, what you said of them, or both.',
    example: ['order'],
  })
  readonly by!: string[]
}

@ApiSchema({ description: 'What was checked.' })
export class VerificationDto {
  @ApiProperty({ type: Boolean, enum: [true] })
  readonly signatureValid!: boolean
  @ApiProperty({ type: String, format: 'date-time', description: 'When the signature was verified.', example: at })
  readonly verifiedAt!: string
  @ApiProperty({ type: Boolean, description: 'False: the document was deleted once the fields were read out of it.' })
  readonly verifiedEachTime!: boolean
  @ApiProperty({ type: String, format: 'date-time', example: at })
  readonly receivedAt!: string
  @ApiProperty({ type: String, description: 'As the document says.', example: at })
  readonly generatedAt!: string
  @ApiProperty({ type: () => SourceDto, description: 'The point of the network that signed.' })
  readonly source!: SourceDto
  @ApiPropertyOptional({ type: () => SignerDto })
  readonly signer?: SignerDto
  @ApiProperty({
    type: String,
    pattern: '^[0-9a-f]{64}$',
    description: 'Of the signed bytes.',
    example: '0'.repeat(64),
  })
  readonly documentSha256!: string
  @ApiProperty({ type: 'array', items: { type: 'string' }, example: ['certificate-self-signed'] })
  readonly notices!: string[]
  @ApiProperty({
    type: String,
    enum: ['complete', 'selection', 'partial', 'unknown'],
    description: 'Whether results were left out. Most documents do not say.',
  })
  readonly extent!: string
  @ApiProperty({ type: () => PersonDto })
  readonly person!: PersonDto
  @ApiProperty({
    type: String,
    description: 'Number of the delivery, as in the receipt of the applicant.',
    example: id,
  })
  readonly receipt!: string
}

@ApiSchema({ description: 'A result with what was checked about it.' })
export class ResultDto {
  @ApiProperty({ type: () => CompletedRequestDto })
  readonly request!: CompletedRequestDto
  @ApiProperty({ type: () => FieldsDto })
  readonly result!: FieldsDto
  @ApiProperty({ type: () => VerificationDto })
  readonly verification!: VerificationDto
}

const localText = { type: 'object', additionalProperties: { type: 'string' } } as const

@ApiSchema({ description: 'What you may ask for, and what of it leaves.' })
export class PurposeDto {
  @ApiProperty({ type: String, example: 'recruitment' })
  readonly id!: string
  @ApiProperty({ ...localText, description: 'By language.', example: { en: 'Proof of your degree for a job' } })
  readonly title!: Record<string, string>
  @ApiProperty({ ...localText, description: 'By language.', example: { en: 'Your consent' } })
  readonly legalBasis!: Record<string, string>
  @ApiProperty({ ...fields, example: ['degree-title', 'degree-date'] })
  readonly fields!: string[]
  @ApiProperty({ type: 'integer', example: 30 })
  readonly retentionDays!: number
}

@ApiSchema({ description: 'The purposes of your key.' })
export class PurposesDto {
  @ApiProperty({ type: () => [PurposeDto] })
  readonly purposes!: PurposeDto[]
}

class FlawDto {
  @ApiProperty({ type: String, description: 'JSON pointer (RFC 6901).', example: '/applicant/birthDate' })
  readonly pointer!: string
  @ApiProperty({ type: String, example: 'must be a day (YYYY-MM-DD)' })
  readonly detail!: string
}

@ApiSchema({ description: 'Problem details (RFC 9457).' })
export class ProblemDto {
  @ApiProperty({
    type: String,
    format: 'uri',
    example: 'https://emrex.example.edu/smp/jobs/api/problems/API_KEY_REFUSED',
  })
  readonly type!: string
  @ApiProperty({ type: String, example: 'The key is missing or not known' })
  readonly title!: string
  @ApiProperty({ type: 'integer', example: 401 })
  readonly status!: number
  @ApiProperty({ type: String, example: 'This call needs a key that is known here.' })
  readonly detail!: string
  @ApiProperty({ type: String, pattern: '^[A-Z_]+$', description: 'A reason code.', example: 'API_KEY_REFUSED' })
  readonly code!: string
  @ApiProperty({ type: String, description: 'What to do next.', example: 'Send the key in the header.' })
  readonly next!: string
  @ApiProperty({ type: String, description: 'To ask for help with.', example: '0123456789ab' })
  readonly reference!: string
  @ApiPropertyOptional({ type: () => [FlawDto] })
  readonly errors?: FlawDto[]
}

class EventDataDto {
  @ApiProperty({ type: String, example: id })
  readonly request!: string
  @ApiProperty({ type: String, enum: ['opened', 'completed', 'failed', 'declined', 'expired', 'deleted'] })
  readonly status!: string
  @ApiPropertyOptional({ type: String, example: 'NO_RESULTS' })
  readonly code?: string
  @ApiProperty({ type: 'integer', description: 'Grows with each change of the request.', example: 3 })
  readonly sequence!: number
}

@ApiSchema({ description: 'Something happened to a request. Nothing of the applicant is in it.' })
export class EventDto {
  @ApiProperty({ type: String, description: 'The same in every attempt.', example: 'evt_8Hs2' })
  readonly id!: string
  @ApiProperty({
    type: String,
    enum: [
      'request.opened',
      'request.completed',
      'request.failed',
      'request.declined',
      'request.expired',
      'request.deleted',
    ],
  })
  readonly type!: string
  @ApiProperty({ type: String, format: 'date-time', example: at })
  readonly timestamp!: string
  @ApiProperty({ type: () => EventDataDto })
  readonly data!: EventDataDto
}
