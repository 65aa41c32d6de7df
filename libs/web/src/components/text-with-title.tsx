/** A title as a document has it. */
export interface ShownTitle {
  readonly title: string
  /** Language of the title, from the document. */
  readonly titleLanguage?: string
}

/** Neither a text of ours nor a title that XML can carry holds it. */
const place = '\uFFFE'

/** A text of ours with a title in it: a screen reader must pronounce each in its own language. */
export function TextWithTitle(props: ShownTitle & { text: (title: string) => string }) {
  const { title, titleLanguage, text } = props
  const [before, after] = text(place).split(place)
  return (
    <>
      {before}
      <bdi lang={titleLanguage}>{title}</bdi>
      {after}
    </>
  )
}
