/** A language as the PDF may name it, or undefined for what is no BCP 47 tag: documents hold all sorts of things there. */
export const languageTag = (lang: string | undefined): string | undefined => {
  const tag = lang?.trim()
  return tag !== undefined && /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(tag) ? tag : undefined
}
