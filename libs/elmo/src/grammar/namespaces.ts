/** The namespaces that an ELMO document knows. */
export const namespaces = {
  /** All of ELMO 1.x. */
  elmo: 'https://github.com/emrex-eu/elmo-schemas/tree/v1',
  /** Children of `currentAddress`. */
  address: 'https://github.com/erasmus-without-paper/ewp-specs-types-address/tree/stable-v1',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xml: 'http://www.w3.org/XML/1998/namespace',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
} as const
