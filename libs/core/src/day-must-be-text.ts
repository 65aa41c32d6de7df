export const dayMustBeText =
  'a day must be text such as 1999-04-05: a Date, as drivers of databases make it, is another day in another time zone'

/** For a day that an application handed over, whatever its types say. */
export const isNoText = (day: unknown): boolean => typeof day === 'object' && day !== null
