/**
 * How a stand-in NCP behaves. The first group are the fault modes that other mocks of the network know, the second the
 * deviations from the wire format that were seen in real NCPs.
 *
 * Spec: EMREX v1 response; deviations as listed in docs/protocol.md.
 */
export const standInModes = [
  'success',
  'error',
  'no_records',
  'cancel',
  'timeout',
  'invalid_gzip',
  'invalid_xml',
  'identity_mismatch',
  'multi_report',
  'large_payload',
  'realistic_transcript',
  'server_to_server',
  'login_first',

  'emp_codes',
  'no_return_message',
  'no_return_code',
  'base64_line_breaks',
  'base64url',
  'plus_as_blank',
  'not_gzipped',
  'raw_xml',
  'unsigned',
  'sha1_signature',
  'other_key',
  'crlf_document',
] as const

export type StandInMode = (typeof standInModes)[number]
