/** What the gateway asks of one view (or import table): its columns, and which of them must be there. */
export interface ViewRule {
  /** A missing view is an error only when it is required for the part (`source`, `target`) in use. */
  readonly required: boolean
  readonly columns: Readonly<Record<string, 'required' | 'optional'>>
}

const columns = (required: string, optional = ''): ViewRule['columns'] =>
  Object.fromEntries([
    ...required.split(' ').map((name) => [name, 'required'] as const),
    ...optional
      .split(' ')
      .filter(Boolean)
      .map((name) => [name, 'optional'] as const),
  ])

/**
 * The whole agreement between the gateway and a database: read-only views with fixed column names, to be prefixed with
 * `viewPrefix`. The gateway knows no table of the owner.
 */
export const viewContract = {
  person: {
    required: true,
    columns: columns(
      'person_key institution_code given_names family_name',
      'birth_date birth_name gender citizenship national_id national_id_country esi learner_id email',
    ),
  },
  institution: {
    required: true,
    columns: columns('institution_code title', 'title_lang title_en schac erasmus pic country url'),
  },
  result: {
    required: true,
    columns: columns(
      'person_key institution_code result_key code title status date',
      'los_type parent_key title_lang title_en credits credit_scheme level eqf_level grade grading_scheme term term_lang ' +
        'term_start term_end language engagement_hours isced subject_area description description_lang description_html',
    ),
  },
  grading_scheme: {
    required: false,
    columns: columns('institution_code scheme label', 'ordinal passes description description_lang'),
  },
  distribution: { required: false, columns: columns('result_key label count') },
  attachment: {
    required: false,
    columns: columns(
      'person_key attachment_key content',
      'institution_code result_key type title title_lang mime description description_lang',
    ),
  },
  ds_section: { required: false, columns: columns('result_key number title', 'content content_type lang version') },
} as const satisfies Record<string, ViewRule>

/** The two tables that an owner grants INSERT and SELECT on when the gateway shall import. */
export const importContract = {
  import: {
    required: true,
    columns: columns('delivery_id person_key received_at emp country signature match state elmo_xml', 'pdf'),
  },
  import_item: {
    required: true,
    columns: columns(
      'delivery_id item_no issuer code title title_en credits credit_scheme grade grade_scheme date term level status',
      'parent_item_no',
    ),
  },
} as const satisfies Record<string, ViewRule>

export type ViewName = keyof typeof viewContract
export type ImportTableName = keyof typeof importContract

/** The rules of `viewContract` and `importContract` under their plain names. */
export const contractRules: Readonly<Record<ViewName | ImportTableName, ViewRule>> = {
  ...viewContract,
  ...importContract,
}
