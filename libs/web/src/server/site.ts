/** Whose pages these are, as the header shows it. */
export interface Site {
  readonly name: string
  /** Where the name leads to; absent = it is plain text. */
  readonly home?: string
}

/** What every page needs beside its own content. */
export interface Frame {
  readonly site: Site
  /** BCP 47; one of the offered languages. */
  readonly language: string
}
