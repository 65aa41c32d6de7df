/** What a column holds. Everything is text but bytes; a driver may give counts and flags as numbers. */
export type ColumnKind = 'key' | 'text' | 'decimal' | 'date' | 'count' | 'flag' | 'bytes'

export interface ColumnRule {
  /** `filled`: there, with something in each row. `there`: may be empty. `optional`: may be missing. */
  readonly need: 'filled' | 'there' | 'optional'
  readonly kind: ColumnKind
  /** What it is, for whoever writes the view. */
  readonly says: string
}

/** What the gateway asks of one view (or import table). */
export interface ViewRule {
  /** A missing view is an error only when it is required for the part (`source`, `target`) in use. */
  readonly required: boolean
  /** One row of it is this. */
  readonly says: string
  readonly columns: Readonly<Record<string, ColumnRule>>
}

const column =
  (need: ColumnRule['need']) =>
  (says = '', kind: ColumnKind = 'text'): ColumnRule => ({ need, kind, says })
const filled = column('filled')
const there = column('there')
const optional = column('optional')

const personKey = filled('the key of the person, opaque, the same in every view', 'key')
const institutionCode = filled('the code of the institution in this database', 'key')
const resultKey = filled('the key of the result', 'key')
const languageOf = (what: string) => optional(`language of ${what}, such as nb or en-GB`)

/**
 * The whole agreement between the gateway and a database: read-only views with fixed column names, to be prefixed with
 * `viewPrefix`. The gateway knows no table of the owner.
 */
export const viewContract = {
  person: {
    required: true,
    says: 'a person at an institution',
    columns: {
      person_key: personKey,
      institution_code: institutionCode,
      given_names: there('empty where somebody has one name only'),
      family_name: there(),
      birth_date: optional('', 'date'),
      birth_name: optional('full name at birth'),
      gender: optional('0 not known, 1 male, 2 female, 9 not applicable'),
      citizenship: optional('ISO 3166-1 alpha-2'),
      national_id: optional(
        'as logins give it: in capitals, without blanks and hyphens that say nothing, such as 199001011234',
      ),
      national_id_country: optional('ISO 3166-1 alpha-2; a national_id counts only for its country'),
      esi: optional('European Student Identifier, the whole urn'),
      learner_id: optional('student number; it counts only at its institution'),
      email: optional('the address that the institution itself has on file; a code may be sent there'),
      protected: optional('1: nothing about this person may be given out', 'flag'),
    },
  },
  institution: {
    required: true,
    says: 'an institution',
    columns: {
      institution_code: institutionCode,
      title: filled(),
      title_lang: languageOf('title'),
      title_en: optional('title in English'),
      schac: optional('its domain, such as uw.edu.pl'),
      erasmus: optional('Erasmus code'),
      pic: optional('Participant Identification Code'),
      country: optional('ISO 3166-1 alpha-2'),
      url: optional(),
    },
  },
  result: {
    required: true,
    says: 'a result that counts: of several tries the valid one',
    columns: {
      person_key: personKey,
      institution_code: institutionCode,
      result_key: filled('unique in this view', 'key'),
      code: there('course code; never a key of the database'),
      title: there(),
      status: filled('passed, failed, in-progress or withdrawn'),
      date: there('day of the examination or the degree', 'date'),
      los_type: optional('Degree Programme, Module, Course or Class'),
      parent_key: optional('result_key of the whole that this is a part of', 'key'),
      title_lang: languageOf('title'),
      title_en: optional('title in English'),
      credits: optional('0 is a statement, empty is none', 'decimal'),
      credit_scheme: optional('ects where 60 are a year, else its own name'),
      level: optional('in national words'),
      eqf_level: optional('1 to 8'),
      grade: optional('as it is printed; never converted'),
      grading_scheme: optional('scheme of the view grading_scheme'),
      recognised: optional('1: studied elsewhere and recognised here', 'flag'),
      recognised_from: optional('where it was studied'),
      term: optional('name of the term; it needs both its days'),
      term_lang: languageOf('term'),
      term_start: optional('', 'date'),
      term_end: optional('', 'date'),
      language: optional('of instruction, ISO 639-1'),
      engagement_hours: optional('', 'decimal'),
      isced: optional('ISCED-F code'),
      subject_area: optional(),
      description: optional('plain text'),
      description_lang: languageOf('description'),
      description_html: optional('where there is no plain text; markup is taken out'),
    },
  },
  grading_scheme: {
    required: false,
    says: 'a grade of a grading scheme',
    columns: {
      institution_code: institutionCode,
      scheme: filled('name of the scheme', 'key'),
      label: filled('the grade'),
      ordinal: optional('place of the grade, best first', 'count'),
      passes: optional('1 when it is a pass', 'flag'),
      description: optional('of the scheme, the same in each of its rows'),
      description_lang: languageOf('description'),
    },
  },
  distribution: {
    required: false,
    says: 'a grade of the people who took the same examination',
    columns: {
      result_key: resultKey,
      label: filled('the grade'),
      count: filled('how many people got it', 'count'),
    },
  },
  attachment: {
    required: false,
    says: 'a document',
    columns: {
      person_key: personKey,
      attachment_key: filled('unique in this view', 'key'),
      content: there('the bytes; read in pieces when the document is sent', 'bytes'),
      institution_code: optional('empty: of every institution of the person', 'key'),
      result_key: optional('empty: about the whole report', 'key'),
      type: optional('Diploma, Diploma Supplement, Transcript of Records, Micro Credential, Other'),
      title: optional(),
      title_lang: languageOf('title'),
      mime: optional('media type; application/pdf where absent'),
      description: optional(),
      description_lang: languageOf('description'),
    },
  },
  ds_section: {
    required: false,
    says: 'a section of the Diploma Supplement of a degree',
    columns: {
      result_key: resultKey,
      number: filled('1, 2, 2.1 and so on; 0 is the introduction'),
      title: filled(),
      content: optional('plain text'),
      content_type: optional(),
      lang: languageOf('supplement'),
      version: optional('of the template; 2018 where absent'),
    },
  },
} as const satisfies Record<string, ViewRule>

/** The two tables that an owner grants INSERT and SELECT on when the gateway shall import. */
export const importContract = {
  import: {
    required: true,
    says: 'a document that a student brought along',
    columns: {
      delivery_id: filled('primary key: the same document for the same person is imported once', 'key'),
      person_key: personKey,
      received_at: filled('instant, ISO 8601, UTC'),
      emp: filled('name of the NCP that it came from, as the registry has it'),
      country: filled('ISO 3166-1 alpha-2, of the NCP'),
      signature: filled('valid: nothing else is delivered'),
      match: filled('same or doubt: is the learner of the document this person?'),
      state: filled('queued; set it to accepted, partly or rejected'),
      elmo_xml: filled('the document, byte by byte as it was signed', 'bytes'),
      pdf: optional('for later use', 'bytes'),
    },
  },
  import_item: {
    required: true,
    says: 'a result of such a document',
    columns: {
      delivery_id: filled('', 'key'),
      item_no: filled('place in the document, from 1', 'count'),
      parent_item_no: optional('item_no of its whole; add the credits of one or the other', 'count'),
      issuer: there('domain or name'),
      code: there(),
      title: there(),
      title_en: there(),
      credits: there('', 'decimal'),
      credit_scheme: there(),
      grade: there(),
      grade_scheme: there(),
      date: there('', 'date'),
      term: there(),
      level: there('EQF'),
      status: there(),
    },
  },
} as const satisfies Record<string, ViewRule>

export type ViewName = keyof typeof viewContract
export type ImportTableName = keyof typeof importContract

/** The rules of `viewContract` and `importContract` under their plain names. */
export const contractRules: Readonly<Record<ViewName | ImportTableName, ViewRule>> = {
  ...viewContract,
  ...importContract,
}
