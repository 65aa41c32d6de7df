import { shownDay } from '@emrex-gateway/core'
import {
  contextOfParts,
  courseCode,
  resultStatus,
  type GradingScheme,
  type LearningOpportunitySpecification,
  type StatusContext,
} from '@emrex-gateway/elmo'
import { oneLine } from '../fonts/printable-text.js'
import { styles } from '../layout/page-writer.js'
import { writeTable, type Cell, type CellText, type Row } from '../layout/write-table.js'
import { chosenText, type Content } from './content.js'
import { resultDetails } from './result-details.js'

/** Where results stand: what their institution says of all of them. */
export interface ResultContext {
  readonly country?: string | undefined
  readonly schemes: readonly GradingScheme[]
}

interface Place {
  /** Such as 2.1: the first part of the second result. */
  readonly number: string
  readonly depth: number
  readonly status: StatusContext
}

const indentPerLevel = 10
/** Deeper parts stand no further in; their numbers tell where they belong. */
const deepestIndent = 8

/** Results as a table, the parts of each behind it, numbered and indented. */
export async function writeResults(
  content: Content,
  results: readonly LearningOpportunitySpecification[],
  context: ResultContext,
): Promise<void> {
  const { columns } = content.words.result
  const rows: Row[] = []
  let someUnstated = false
  const walk = (list: readonly LearningOpportunitySpecification[], above?: Place) =>
    list.forEach((los, index) => {
      const number = above === undefined ? `${index + 1}` : `${above.number}.${index + 1}`
      const place = { number, depth: (above?.depth ?? -1) + 1, status: above?.status ?? { country: context.country } }
      rows.push(rowOf(los, place, content, context))
      someUnstated ||= !isStated(los, place)
      walk(los.parts ?? [], { ...place, status: contextOfParts(los, place.status) })
    })
  walk(results)
  await writeTable(content.writer, {
    columns: [
      { head: columns.title, share: 0.385 },
      { head: columns.code, share: 0.165 },
      { head: columns.credits, share: 0.115, align: 'right' },
      { head: columns.grade, share: 0.11 },
      { head: columns.date, share: 0.115 },
      { head: columns.status, share: 0.11 },
    ],
    rows,
  })
  if (someUnstated) content.writer.paragraph({ text: content.words.result.unstatedNote }, styles.small)
}

function rowOf(los: LearningOpportunitySpecification, place: Place, content: Content, context: ResultContext): Row {
  const { number, depth } = place
  const { instance } = los
  const title = chosenText(los.title, content)
  const style = depth === 0 || (los.parts ?? []).length > 0 ? styles.strong : styles.body
  const name: CellText = {
    text: `${number} ${oneLine(title?.text ?? content.words.result.untitled)}`,
    lang: title?.lang,
    style,
  }
  const details = resultDetails(los, content, context).map((text) => ({ ...text, style: styles.small }))
  const one = (text: string): Cell => ({ texts: text === '' ? [] : [{ text, style: styles.cell }] })
  const indent = Math.min(depth, deepestIndent) * indentPerLevel
  return {
    cells: [
      { texts: [name], indent },
      one(oneLine(courseCode(los) ?? '')),
      { texts: creditTexts(los) },
      one(oneLine(instance.resultLabel ?? '')),
      one(shownDay(oneLine(instance.date ?? ''))),
      { texts: statusTexts(los, place, content) },
    ],
    below: { texts: details, indent },
  }
}

/** As stated: no credits and zero credits differ. Zeros behind all others say nothing, and `10.000` is ten thousand to some readers. */
const creditTexts = ({ instance }: LearningOpportunitySpecification): CellText[] =>
  (instance.credit ?? [])
    .filter(({ value }) => value !== undefined && value.trim() !== '')
    .map(({ value = '', scheme }) => ({
      text: `${oneLine(value).replace(/^(-?\d+)(?:\.0+|(\.\d*?[1-9])0+)$/, '$1$2')} ${scheme.trim().toLowerCase() === 'ects' ? 'ECTS' : oneLine(scheme)}`,
      style: styles.cell,
    }))

const isStated = (los: LearningOpportunitySpecification, place: Place): boolean =>
  (los.instance.status ?? '').trim() !== '' || resultStatus(los, place.status).reason === 'enrolment'

function statusTexts(los: LearningOpportunitySpecification, place: Place, { words }: Content): CellText[] {
  const { status, reason } = resultStatus(los, place.status)
  const { statuses, unknownStatus, unstated } = words.result
  if (reason === 'unknown-status')
    return [
      { text: oneLine(los.instance.status ?? ''), style: styles.cell },
      { text: unknownStatus, style: styles.small },
    ]
  return [{ text: isStated(los, place) ? statuses[status] : unstated(statuses[status]), style: styles.cell }]
}
