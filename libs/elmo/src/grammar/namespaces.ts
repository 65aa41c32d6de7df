/** The namespaces that an ELMO document knows. */
export const namespaces = {
  /** All of ELMO 1.x, and the release 2.0.0. */
  elmo: 'https://github.com/emrex-eu/elmo-schemas/tree/v1',
  /** ELMO 2.1. */
  elmo2: 'https://github.com/emrex-eu/elmo-schemas/tree/v2',
  /** Children of `currentAddress`. */
  address: 'https://github.com/erasmus-without-paper/ewp-specs-types-address/tree/stable-v1',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xml: 'http://www.w3.org/XML/1998/namespace',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
} as const
