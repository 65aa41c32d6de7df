import { readFileSync } from 'node:fs'
import { auditEvents } from '../src/ports/audit.js'
import { reasonRow, reasons, type ReasonCode } from '../src/reason-codes.js'

const page = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')
const allOf = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found)

describe('docs/reason-codes.md', () => {
  const text = page('reason-codes.md')

  it('has one section for each code, and none for a code that does not exist', () => {
    expect(allOf(text, /^### `([^`]+)`$/gm).sort()).toEqual(Object.keys(reasons).sort())
  })

  it.each(Object.keys(reasons) as ReasonCode[])(
    'says of %s what the table says, what happened, what is seen and what helps',
    (code) => {
      const { status, returnCode, mover, retry, event } = reasonRow(code)
      const answers = returnCode === undefined ? 'no answer' : `answers \`NCP_${returnCode}\``
      const section = text.split(`### \`${code}\`\n`)[1]?.split('\n##')[0] ?? ''
      expect(section).toContain(`\n${status} · ${answers} · move: ${mover} · again: ${retry} · event \`${event}\`\n`)
      for (const part of ['What happened', 'The person sees', 'Help desk, operator'])
        expect(section).toMatch(new RegExp(`^- \\*\\*${part}:\\*\\* \\S.+`, 'm'))
    },
  )

  it('names no other code in its words', () => {
    const words = allOf(text.replace(/NCP_(OK|ERROR|NO_RESULTS|CANCEL)\b/g, ''), /`([A-Z]+_[A-Z_]+)`/g)
    for (const word of words) expect(Object.keys(reasons)).toContain(word)
  })
})

describe('docs/audit-events.md', () => {
  it('has one row for each event in the order of the list, and none for an event that does not exist', () => {
    expect(allOf(page('audit-events.md'), /^\| `([^`]+)`/gm)).toEqual([...auditEvents])
  })
})
