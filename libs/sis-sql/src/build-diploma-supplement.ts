import { langString, type Notice } from '@emrex-gateway/core'
import type { DiplomaSupplement, DiplomaSupplementSection } from '@emrex-gateway/elmo'
import type { ViewRow } from './view-row.js'

const sectionNumber = /^\d{1,2}(\.\d{1,2}){0,3}$/

/** The numbered sections of one result as a Diploma Supplement; the row with number 0 is its introduction. */
export function buildDiplomaSupplement(
  rows: readonly ViewRow[],
  issueDate: string | undefined,
  notices: Notice[],
): DiplomaSupplement | undefined {
  const numbered = rows.filter((row) => sectionNumber.test(row.required('number')))
  if (numbered.length < rows.length) notices.push({ notice: 'supplement-number-unreadable' })
  const introduction = numbered.find((row) => row.required('number') === '0')?.lines('content') ?? ''
  const sections = numbered
    .filter((row) => row.required('number') !== '0')
    .sort((a, b) => compareNumbers(a.required('number'), b.required('number')))
  if (sections.length === 0) return undefined
  if (issueDate === undefined) {
    notices.push({ notice: 'supplement-without-date' })
    return undefined
  }
  const { lang } = langString('', sections.find((row) => row.text('lang') !== undefined)?.text('lang'))
  const version = sections.find((row) => row.text('version') !== undefined)?.text('version') ?? '2018'
  return {
    ...(lang === undefined ? {} : { lang }),
    version,
    issueDate,
    introduction: escapeXml(introduction),
    section: nest(sections),
  }
}

/** Section 2.1 goes into section 2 where there is one. */
function nest(rows: readonly ViewRow[]): DiplomaSupplementSection[] {
  const top: DiplomaSupplementSection[] = []
  const byNumber = new Map<string, DiplomaSupplementSection>()
  for (const row of rows) {
    const section = buildSection(row)
    if (byNumber.has(section.number)) continue
    byNumber.set(section.number, section)
    const parent = byNumber.get(section.number.replace(/\.?\d+$/, ''))
    if (parent === undefined) top.push(section)
    else parent.section = [...(parent.section ?? []), section]
  }
  return top
}

function buildSection(row: ViewRow): DiplomaSupplementSection {
  const value = row.lines('content')
  const type = row.text('content_type')
  return {
    number: row.required('number'),
    title: row.required('title'),
    ...(value === undefined ? {} : { content: { ...(type === undefined ? {} : { type }), value } }),
  }
}

function compareNumbers(a: string, b: string): number {
  const left = a.split('.').map(Number)
  const right = b.split('.').map(Number)
  const at = left.findIndex((part, index) => part !== right[index])
  return at === -1 ? left.length - right.length : left[at]! - (right[at] ?? -1)
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
