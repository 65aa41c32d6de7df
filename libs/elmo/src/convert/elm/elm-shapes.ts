/** The form of a value. */
export type ElmKind = 'texts' | 'text' | 'dateTime' | 'duration' | 'integer' | 'positiveInteger' | 'boolean' | 'node'

/** How often a property stands, and in which form. */
export interface ElmProperty {
  readonly kind: ElmKind
  readonly least: number
  readonly most: number
}

const bounds: Readonly<Record<string, readonly [number, number]>> = {
  '1': [1, 1],
  '?': [0, 1],
  '+': [1, Infinity],
  '*': [0, Infinity],
}

/** `title+ texts, awardedBy1 node` as rules. */
const shape = (text: string): Readonly<Record<string, ElmProperty>> =>
  Object.fromEntries(
    text.split(',').map((each) => {
      const [name = '', kind] = each.trim().split(' ')
      const [least, most] = bounds[name.slice(-1)] as readonly [number, number]
      return [name.slice(0, -1), { kind: kind as ElmKind, least, most }]
    }),
  )

/**
 * What the generic EDC profile says of the types that toElm writes: each property with how often it stands (`1` once, `?`
 * at most once, `+` at least once, `*` any number) and its form. A language map counts as one value.
 */
export const elmShapes: Readonly<Record<string, Readonly<Record<string, ElmProperty>>>> = {
  EuropeanDigitalCredential: shape(
    'credentialProfiles+ node, credentialSchema+ node, displayParameter1 node, issuer1 node, credentialSubject1 node, ' +
      'issued1 dateTime, validFrom1 dateTime, issuanceDate? dateTime, attachment* node',
  ),
  DisplayParameter: shape('title1 texts, primaryLanguage1 node, language+ node, individualDisplay+ node'),
  IndividualDisplay: shape('language1 node, displayDetail+ node'),
  DisplayDetail: shape('image1 node, page1 positiveInteger'),
  MediaObject: shape(
    'title? texts, description? texts, contentType1 node, contentEncoding1 node, content1 text, attachmentType? node',
  ),
  Person: shape(
    'givenName? texts, familyName? texts, fullName? texts, birthName? texts, altLabel? texts, dateOfBirth? dateTime, ' +
      'placeOfBirth? node, citizenshipCountry* node, gender? node, identifier* node, nationalID? node, location? node, ' +
      'hasClaim+ node',
  ),
  Organisation: shape('legalName1 texts, location+ node, identifier* node, homepage* node, eidasLegalIdentifier? node'),
  Location: shape('address+ node, geographicName? texts'),
  Address: shape('countryCode1 node, fullAddress? node'),
  Identifier: shape('notation1 text, schemeName? text'),
  LegalIdentifier: shape('notation1 text, schemeName? text, spatial1 node'),
  LearningAchievement: shape(
    'title1 texts, awardedBy1 node, identifier* node, specifiedBy? node, learningOpportunity? node, influencedBy* node, ' +
      'provenBy* node, creditReceived* node, hasPart* node',
  ),
  AwardingProcess: shape('awardingBody+ node, awardingDate? dateTime'),
  LearningAchievementSpecification: shape(
    'title1 texts, description? texts, identifier* node, additionalNote* node, homepage* node, dcType* node, ' +
      'thematicArea* node, educationSubject* node, educationLevel* node',
  ),
  Qualification: shape(
    'title1 texts, description? texts, identifier* node, additionalNote* node, homepage* node, dcType* node, ' +
      'thematicArea* node, educationSubject* node, educationLevel* node, eqfLevel? node, isPartialQualification? boolean',
  ),
  LearningOpportunity: shape('title1 texts, providedBy+ node, dcType* node, temporal? node, duration? duration'),
  LearningActivity: shape('title1 texts, awardedBy1 node, temporal* node, specifiedBy? node'),
  LearningActivitySpecification: shape('title1 texts, language* node, contactHour* text'),
  LearningAssessment: shape(
    'title1 texts, awardedBy1 node, grade1 node, gradeStatus? node, shortenedGrading? node, resultDistribution? node, ' +
      'specifiedBy? node',
  ),
  LearningAssessmentSpecification: shape('title1 texts, gradingScheme? node, identifier* node'),
  GradingScheme: shape('title1 texts, description? texts, identifier* node'),
  CreditPoint: shape('framework1 node, point1 text'),
  ShortenedGrading: shape('percentageLower1 integer, percentageEqual1 integer, percentageHigher1 integer'),
  ResultDistribution: shape('resultCategory* node, description? texts'),
  ResultCategory: shape('label1 text, count1 positiveInteger'),
  PeriodOfTime: shape('prefLabel? texts, startDate? dateTime, endDate? dateTime'),
  Note: shape('noteLiteral1 texts, noteFormat? node'),
  WebResource: shape('contentURL1 text'),
}
