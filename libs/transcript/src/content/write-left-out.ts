import { completenessOf } from '@emrex-gateway/elmo'
import { oneLine } from '../fonts/printable-text.js'
import type { Content } from './content.js'
import { extentText, issuerName } from './write-report.js'

/** What is not in the document: as the caller knows it, and as the document says it of each institution. */
export function writeLeftOut(content: Content): void {
  const { elmo, options, writer } = content
  const words = content.words.left
  const left = options.left ?? []
  const stated = completenessOf(elmo).flatMap((completeness, index) => {
    const report = elmo.reports[index]
    if (report === undefined || completeness.extent === 'unknown') return []
    const issuer = issuerName(report.issuer, content)
    return [{ text: words.says(oneLine(issuer.text), extentText(completeness, content)) }]
  })
  writer.heading(2, { text: words.heading })
  writer.list(stated)
  if (left.length > 0) {
    writer.paragraph({ text: words.chosen })
    writer.list(
      left.map(({ title, code, issuer, lang }) => ({
        text: [code, title, issuer && `(${issuer})`].filter((part) => part).join(' '),
        lang,
      })),
    )
  }
  if (stated.length === 0 && left.length === 0) writer.paragraph({ text: words.silent })
}
