import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packingDeviations, verificationNotices } from '@emrex-gateway/elmo'
import { judgeResponse } from '../src/protocol/judge-response.js'
import { auditEvents } from '../src/ports/audit.js'
import { requestDeviations } from '../src/protocol/transfer-request.js'
import { parseTransferResponse, responseDeviations } from '../src/protocol/transfer-response.js'
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

  it('has no code that nothing raises', () => {
    const root = fileURLToPath(new URL('../../../', import.meta.url))
    const folders = ['libs', 'apps'].flatMap((parent) =>
      readdirSync(join(root, parent)).map((name) => join(root, parent, name, 'src')),
    )
    const sources = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file) && !/\.spec\.|reason-codes|texts/.test(file))
        .map((file) => readFileSync(join(folder, file), 'utf8')),
    )
    const raised = (code: string) => sources.some((source) => source.includes(`'${code}'`))
    expect(Object.keys(reasons).filter((code) => !raised(code))).toEqual([])
  })

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

describe('docs/protocol.md', () => {
  const section = (title: string) => page('protocol.md').split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? ''

  it.each([
    ['The request: SMP to NCP', requestDeviations],
    ['The answer: NCP to SMP', responseDeviations],
    ['The packed document', packingDeviations],
    ['The signature', verificationNotices],
  ])('explains under "%s" each tolerance of the code in its order, and no other', (title, names) => {
    expect(allOf(section(title), /^\| `([a-z0-9]+(?:-[a-z0-9]+)+)` +\| \S.*\|$/gm)).toEqual([...names])
  })

  it('says of each code, with and without a document, what comes of it', () => {
    const ends = { NCP_OK: 'OK, or no code', NCP_ERROR: 'ERROR, or unknown', NCP_NO_RESULTS: 'NO_RESULTS' }
    const codes = { ...ends, NCP_CANCEL: 'CANCEL', '': 'OK, or no code', NCP_NEW: 'ERROR, or unknown' }
    for (const [returnCode, row] of Object.entries(codes)) {
      const outcome = (elmo: string) => {
        const judged = judgeResponse(
          parseTransferResponse(new Map(Object.entries({ sessionId: 's', returnCode, elmo }))),
        )
        return 'end' in judged ? `\`${judged.end}\`` : 'the document is judged'
      }
      const cells = section('The answer: NCP to SMP')
        .split('\n')
        .find((line) => line.startsWith(`| ${row} `))
        ?.split('|')
        .map((cell) => cell.trim())
      expect(cells?.slice(2, 4)).toEqual([outcome('x'), outcome('')])
    }
  })
})
