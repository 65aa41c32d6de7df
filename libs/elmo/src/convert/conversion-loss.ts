/**
 * What became of something: it is in the result no more (`dropped`), in another place (`moved`), with another value
 * (`changed`); or the result has something that its source had not (`added`), or lacks something that it must have
 * (`missing`).
 */
export type LossKind = 'dropped' | 'moved' | 'changed' | 'added' | 'missing'

/** Every way in which a conversion departs from its source: the kind, and what it means in plain words. */
export const conversionLosses = {
  NOT_IN_RELEASE: ['dropped', 'the release has no place for it'],
  UNKNOWN_PROPERTY: ['dropped', 'no release knows it'],
  TOO_MANY: ['dropped', 'the release allows fewer of them; the first ones stay'],
  SIGNATURE_LOST: ['dropped', 'a signature vouches for the bytes it came with, never for a conversion'],
  SIGNATURE_REQUIRED: ['missing', 'the release demands a signature: sign what is written'],
  EXTENSION_NOT_ALLOWED: ['dropped', 'ELMO 1.0.0 allows no extension that it does not know itself'],
  NOT_PASSED_LEFT_OUT: ['dropped', 'what was not passed cannot be told from what was, so it stays out'],
  PART_MOVED_UP: ['moved', 'a passed part took the place of a whole that was left out'],
  IN_PROGRESS_ADDED: ['added', 'an enrolment or admission is in progress, where the release has no word for it'],
  BIRTH_DATE_MOVED: ['moved', 'the date of birth stands under its other name'],
  BIRTH_DATE_REPEATED: ['added', 'ELMO 2.1 wants the date of birth under both names'],
  BIRTH_DATES_DIFFER: ['dropped', 'two dates of birth that differ: dateOfBirth counts, bday goes'],
  ALTERNATIVE_NAME_EMPTY: ['added', 'ELMO 2 demands an alternative name; an empty one says that none is known'],
  COUNTRY_TYPE_IMPLIED: ['dropped', 'the country is a code and nothing else'],
  COUNTRY_TYPE_ADDED: ['added', 'ELMO 2.1 wants to know how the country is written'],
  COUNTRY_REWRITTEN: ['changed', 'the country is written as its two-letter code'],
  COUNTRY_NOT_EXPRESSIBLE: ['dropped', 'a country that the target cannot name, or that nobody can tell'],
  ATTACHMENT_TYPE_OTHER: ['changed', 'an attachment type that the release does not know became Other'],
  ATTACHMENT_TYPE_SPELLING: ['changed', 'an attachment type is spelt as the release spells it'],
  ATTACHMENT_TYPE_OMITTED: ['dropped', 'an attachment type that the release does not know, and it knows no Other'],
  CONTENT_EMPTY: ['added', 'the release demands a content; an empty one stands there'],
  CREDIT_LEVEL_MOVED: ['moved', 'the level of the credits became the EQF level of the result'],
  LEVEL_MOVED: ['moved', 'the EQF level of the result became the level of its credits'],
  IDENTIFIER_GENERATED: ['added', 'ELMO 2 demands an identifier; this one only says where the result stood'],
  IDENTIFIER_MISSING: ['missing', 'ELMO 2 demands an identifier, and the caller wants none generated'],
  IDENTIFIER_UNGENERATED: ['dropped', 'an identifier that an earlier conversion had generated'],
  GROUPING_EMPTY: ['added', 'ELMO 1.3.0 demands a grouping; an empty one stands there'],
  STATUS_AS_MARKER: ['moved', 'whether a report is complete is said by a marker in the extension'],
  MARKER_AS_STATUS: ['moved', 'the marker in the extension became the status of the report'],
  MARKER_CORRECTED: ['changed', 'the marker in the extension was made to say what the status of a report said'],
  NO_COUNTERPART: ['dropped', 'the European Learning Model has no place for it'],
  PROFILE_DEMANDS: ['missing', 'the profile of the European Learning Model demands it in this form'],
  STATUS_TAKEN_AS_PASSED: ['added', 'an achievement says that it was passed; the document did not'],
  STATUS_NOT_READABLE: ['added', 'a status that cannot be read: no credits until a person has looked'],
  IMAGE_PLACEHOLDER: ['added', 'a credential must show a picture; a transparent dot stands there'],
  LANGUAGE_TAKEN: ['dropped', 'a second text in the same language'],
  LANGUAGE_UNKNOWN: ['dropped', 'no language of ISO 639-1'],
  VALUE_NOT_VALID: ['dropped', 'no value of its type, so that it means nothing elsewhere'],
  VALUE_REWRITTEN: ['changed', 'the same, as the target writes it'],
  ORDER_CHANGED: ['changed', 'the same, in another order'],
  PERCENTAGE_ROUNDED: ['changed', 'the European Learning Model has whole percentages'],
  COUNT_OF_NONE: ['dropped', 'a category of results that nobody is in'],
  NO_GRADE: ['dropped', 'the European Learning Model tells how a grade came about, but there is none'],
  CREDIT_WITHOUT_VALUE: ['dropped', 'credits of which nobody says how many'],
  HOURS_OF_NONE: ['dropped', 'no hours, which producers write for unknown'],
  PLACE_WITHOUT_COUNTRY: ['dropped', 'the profile takes a place or an address only with its country'],
  ADDRESS_AS_TEXT: ['changed', 'an address is lines of text and a country'],
  ATTACHMENT_EMPTY: ['dropped', 'an attachment without content'],
  ATTACHMENT_DIVIDED: ['changed', 'each content of the attachment became an attachment'],
  CONTENT_NOT_READABLE: ['dropped', 'a content that is neither a data URI nor base64'],
  ATTACHMENT_PLACE: ['changed', 'a credential does not say whether an attachment is of the report or of the document'],
  SUPPLEMENT_AS_ATTACHMENT: ['moved', 'a Diploma Supplement became an attachment, a file of JSON'],
  ELM_NOT_READ: ['dropped', 'ELMO has no place for it'],
  TIME_OF_DAY_DROPPED: ['changed', 'ELMO has a date there, without a time of day'],
  TEXT_EMPTY: ['added', 'ELMO demands a text that the credential does not have'],
  GENERATED_DATE_TAKEN: ['added', 'the document counts as made when the credential was issued'],
  ASSESSMENT_AS_PART: ['moved', 'a further assessment of an achievement became a part of it'],
} as const satisfies Record<string, readonly [LossKind, string]>

export type LossCode = keyof typeof conversionLosses

/** One departure of a conversion, for machines. It never quotes a value. */
export interface ConversionLoss {
  readonly code: LossCode
  readonly what: LossKind
  /** JSON Pointer (RFC 6901): into the source; into the result where `what` is `added` or `missing`. */
  readonly path: string
  /** JSON Pointer into the result: where it stands now, when it was moved. */
  readonly kept?: string
}
