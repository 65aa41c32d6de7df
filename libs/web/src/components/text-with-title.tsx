import { pickText, type LangString } from '@emrex-gateway/elmo'

/** A title as a document has it. */
export interface ShownTitle {
  readonly title: string
  /** Language of the title, from the document. */
  readonly titleLanguage?: string
}

/** The one to show of the titles of something; `otherwise` where it has none. */
export function shownTitle(titles: readonly LangString[] | undefined, language: string, otherwise: string): ShownTitle {
  const { value = otherwise, lang } = pickText(titles, [language, 'en']) ?? {}
  return { title: value, ...(lang === undefined ? {} : { titleLanguage: lang }) }
}

/** A title that stands alone. */
export function Title({ title, titleLanguage }: ShownTitle) {
  return (
    <span lang={titleLanguage} dir="auto">
      {title}
    </span>
  )
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
