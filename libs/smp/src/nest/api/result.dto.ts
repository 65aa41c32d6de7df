import 'reflect-metadata'
import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger'

const at = '2026-11-02T10:00:00.000Z'
const day = '2019-06-30'

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
    description: 'Number of the receipt that the applicant got.',
    example: 'ABCD-EFGH-JKMN',
  })
  readonly receipt!: string
}
