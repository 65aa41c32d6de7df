/** What of the login nobody at a university has confirmed yet. */
export const loginAssumptions: readonly string[] = [
  'that a refusal by the student comes back as oauth_problem or without a verifier',
  'that a leave that ran out is answered with 401, and a missing scope with 403',
]

/** The same of what is read. */
export const readingAssumptions: readonly string[] = [
  'that one unknown course in a list is given as null or refused as object_not_found',
  'that services/grades/grade_types takes its list as ids',
  'that lists of up to 80 ids are taken in one request',
  'that lang_id is a code of two or three letters',
  'that passing_status is what the university says about a course as a whole',
  'that the clock of services/apisrv/now is that of the time zone in the settings',
]
