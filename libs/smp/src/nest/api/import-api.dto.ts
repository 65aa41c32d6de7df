import 'reflect-metadata'
import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger'
import { resultFields } from '../../api/result-fields.js'
import { FieldsDto, VerificationDto } from './result.dto.js'

const id = 'r8Qm2vYx0c3LkT9eWbN1sZpA'
const at = '2026-11-02T10:00:00.000Z'
const names: string[] = [...resultFields]
const fields: { type: 'array'; items: { type: string; enum: string[] } } = {
  ...{ type: 'array', items: { type: 'string', enum: names } },
}

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
    maximum: 3660,
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
