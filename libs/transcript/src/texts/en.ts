import { enReceipt } from './en-receipt.js'

/** Every word of ours in a transcript. Another language is another file of this shape and a line in `texts.ts`. */
export const en = {
  language: 'en',
  documentTitle: (name: string) => (name === '' ? 'Transcript of records' : `Transcript of records of ${name}`),
  heading: 'Transcript of records',
  introduction: (institutions: number) =>
    institutions === 1
      ? 'What one institution says about the results of one person, made readable from an ELMO document.'
      : `What ${institutions} institutions say about the results of one person, made readable from an ELMO document.`,
  footer: (made: string) => `Made on ${made} from an ELMO document. The document decides, not this page.`,
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  learner: {
    heading: 'The person',
    names: ['Given names', 'Family name', 'Name in another script', 'Family name at birth'],
    birthDate: 'Date of birth',
    birthPlace: 'Place of birth',
    birthCountry: 'Country of birth',
    citizenship: 'Citizenship',
    gender: 'Gender',
    genders: { '0': 'not known', '1': 'male', '2': 'female', '9': 'not applicable' } as Readonly<
      Record<string, string>
    >,
    address: 'Address',
    identifier: (type: string) =>
      ({ nationalIdentifier: 'National identity number', esi: 'European Student Identifier' })[type] ??
      `Identifier (${type})`,
    generated: 'Document generated',
    total: 'ECTS credits in total',
    totalText: (ects: string, certain: string | undefined) =>
      certain === undefined || certain === ects
        ? `${ects} (passed results; what is part of another result is not counted twice)`
        : `${ects}, of which ${certain} beyond doubt (passed results; what is part of another result is not counted twice)`,
  },
  report: {
    untitled: 'Institution without a name',
    country: 'Country',
    asOf: 'As of',
    identifier: (type: string) => `Identifier (${type})`,
    address: 'Web site',
    extent: 'Completeness',
    extents: {
      complete: 'This is everything that the institution has of the person.',
      selection: 'This is a selection: results were left out on purpose.',
      partial: 'The institution could not give everything.',
      error: 'The institution could not give its results.',
      unknown: 'The document does not say whether this is everything.',
    },
    temporary: 'More may come later.',
    results: 'Results',
    noResults: 'The document holds no results of this institution.',
    schemes: 'Grading schemes',
    schemeUndescribed: 'not explained in the document',
    gradesUnexplained:
      'The document does not explain all of the grades above, nor how many students had which: the institution can.',
    attachments: 'Attachments',
  },
  result: {
    columns: { title: 'Result', code: 'Code', credits: 'Credits', grade: 'Grade', date: 'Date', status: 'Status' },
    untitled: '(without a title)',
    statuses: { passed: 'passed', failed: 'failed', 'in-progress': 'in progress' },
    unstated: (status: string) => `${status}*`,
    unstatedNote:
      '* Not stated: the document does not say how this result ended; what stands there follows from the rest of it.',
    unknownStatus: 'an unknown word',
    otherTitle: 'Also',
    type: 'Type',
    documentType: 'Kind of document',
    level: 'Level',
    eqf: (level: string) => `EQF ${level}`,
    creditLevel: 'Level of the credits',
    started: 'Started',
    term: 'Term',
    duration: 'Normal duration',
    language: 'Taught in',
    hours: 'Hours of work',
    subject: 'Subject area',
    isced: 'ISCED-F',
    scheme: 'Grading scheme',
    externalScheme: 'Grading by',
    group: 'Group',
    distribution: 'Who else had which grade',
    percentages: (lower: string, equal: string, higher: string) =>
      `Among all students: ${lower} % had a lower grade, ${equal} % the same, ${higher} % a higher one`,
    enrolment: (institution: string, since: string) => `Enrolled at ${institution} since ${since}`,
    academicYear: 'Academic year',
    attachments: 'Attachments of it',
    description: 'Description',
    shortened: ' … (cut here; the whole text is in the ELMO document)',
  },
  recognition: {
    heading: 'Recognition decision',
    status: 'Decision',
    date: 'Date',
    mapping: 'What as what',
    mappingText: (from: string, to: string) => `${from} as ${to}`,
    attachments: 'Attachments of it',
    basis: (institution: string) => `What was recognised: results of ${institution}`,
    result: 'What it was recognised as',
    nested: 'It rests on further recognition decisions, which are in the ELMO document.',
  },
  supplement: {
    heading: (title: string) => `Diploma supplement: ${title}`,
    facts: (version: string, date: string) => `Model of ${version === '' ? '2018' : version}, issued on ${date}`,
    otherContent: (type: string) => `The content is of type ${type} and is in the ELMO document.`,
  },
  attachments: {
    heading: 'Attachments',
    untitled: 'Attachment',
    content: (type: string, size: string) => `${type}, ${size}`,
    unknownType: 'type not stated',
    empty: 'no content in the document',
    where: 'Attachments are inside the ELMO document; they are not repeated here.',
    beside:
      'Attachments travel with the ELMO document that this PDF is itself an attachment of; they are not repeated here.',
  },
  left: {
    heading: 'What was left out',
    chosen: 'These results were not selected and are not in the document:',
    says: (issuer: string, text: string) => `${issuer}: ${text}`,
    silent:
      'Nothing in the document says that anything was left out; of institutions that say nothing, nothing is known.',
  },
  check: {
    heading: 'How to check this transcript',
    introduction:
      'This PDF is for reading. What counts is the ELMO document: an XML file that an institution or a national contact point signs.',
    made: 'PDF made',
    file: 'Attached file',
    fileText: (name: string, bytes: string) => `${name} (${bytes} bytes, application/xml)`,
    noFile: 'The ELMO document is not attached to this PDF.',
    sha256: 'SHA-256 of the attached file',
    signedSha256: 'SHA-256 of the signed bytes',
    sameBytes: 'The attached file is what was signed.',
    otherBytes: 'The attached file is not byte for byte what was signed.',
    signer: 'Signed by',
    certificate: 'Certificate of',
    certificateIssuer: 'Certificate issued by',
    fingerprint: 'Fingerprint (SHA-256)',
    validity: 'Certificate valid',
    validityText: (from: string, to: string) => `${from} to ${to}`,
    algorithm: 'Signature algorithm',
    checkedAt: 'Signature checked',
    sealed: 'PDF sealed by',
    sealText: (subject: string) =>
      `${subject}. A PDF reader shows whether the seal holds. It vouches for this PDF; who gave the results is told by the signature of the ELMO document.`,
    notices: 'To be known',
    noticeTexts: {
      'sha1-exception-used': 'It was signed with SHA-1, which an exception with a date allowed.',
      'certificate-expired': 'The certificate had expired when the signature was checked.',
      'certificate-not-yet-valid': 'The certificate was not valid yet when the signature was checked.',
      'embedded-certificate-differs': 'The certificate inside the document is another one.',
      'certificate-self-signed':
        'The certificate vouches for itself; its fingerprint is to be compared with the published one.',
    },
    unsigned: 'Nothing was said here about a signature. Whether the document is signed is seen in the document alone.',
    receipt: 'Receipt number',
    receiptUrl: 'Receipt at',
    qr: (number: string) => `QR code of the receipt ${number}`,
    steps: 'In three steps',
    stepsTexts: (file: string) => [
      `Save the attached file ${file}: in the list of attachments of a PDF reader, or with pdfdetach -savefile ${file}.`,
      `Compute its SHA-256, for instance with sha256sum ${file}, and compare it with the one above.`,
      `Check its signature against the certificate that the signer publishes (the registry of the network has those of national contact points), for instance with elmo verify --certificate signer.pem ${file}.`,
    ],
    withoutFile: 'Ask whoever gave you this PDF for the ELMO document: this PDF alone proves nothing.',
    missing: (characters: number) =>
      `${characters === 1 ? 'One character is' : `${characters} characters are`} in no font of this PDF. In the place of each stands its Unicode number, as in [U+4E2D]. The ELMO document has the text as it was written.`,
    fileDescription: 'The ELMO document this transcript was made from',
  },
  receipt: enReceipt,
}

export type Texts = typeof en
