/** Whether a text has the form of a media type, parameters included. Spec: RFC 6838, section 4.2; RFC 9110, section 8.3.1. */
export const isMediaType = (text: string): boolean =>
  /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}(\s*;\s*[\w!#$&^.+-]+=("[^"]*"|[\w!#$&^.+/-]+))*$/i.test(
    text,
  )
