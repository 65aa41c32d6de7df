import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseXml, type XmlElement } from '@emrex-gateway/elmo'
import { describeWith, henkilotunnusOf, oppijanumeroOf, virtaSchemaFiles } from '@emrex-gateway/testing'
import { students } from '@emrex-gateway/testing/population'
import { result, student } from './virta-people.js'
import { context, openVirta, type VirtaUnderTest } from './virta-under-test.js'

describeWith(describe, 'xmllint', 'messages with VIRTA, by the schema of the stand-in and xmllint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'virta-xsd-'))
  let sis: VirtaUnderTest
  beforeAll(async () => {
    for (const [name, text] of Object.entries(virtaSchemaFiles)) writeFileSync(join(folder, name), text)
    const ownScale = { scale: 'Muu' as const, key: 'A', code: '1', steps: [{ key: 'k', code: '1' }] }
    sis = await openVirta({ further: [student(1, [result('own', { grade: ownScale, studyWeeks: '2' })])] })
    for (const each of students)
      for (const claim of [
        { type: 'nationalId' as const, country: 'FI', value: henkilotunnusOf(each) },
        { type: 'learnerId' as const, scheme: 'learner-id', value: oppijanumeroOf(each) },
      ])
        for (const enrolment of await sis.connection.source!.find({ claims: [claim] }, context))
          for await (const _ of sis.connection.source!.reports(
            enrolment,
            { failed: false, inProgress: false },
            context,
            { claims: [] },
          ));
  }, 120_000)
  afterAll(async () => {
    await sis.close()
    rmSync(folder, { recursive: true })
  })

  /** What xmllint says about the contents of these messages; empty where they are valid. */
  function complaints(messages: readonly string[]): string {
    const files = messages.map((message, index) => {
      const file = join(folder, `message-${index}.xml`)
      writeFileSync(file, bodyOf(message))
      return file
    })
    const { status, stderr } = spawnSync(
      'xmllint',
      ['--noout', '--nonet', '--schema', join(folder, 'luku.xsd'), ...files],
      {
        encoding: 'utf8',
      },
    )
    return status === 0 ? '' : stderr.replace(/^.* validates$/gm, '').trim()
  }

  it('asks as the schema allows', () => {
    const questions = sis.virta.messages.map(({ question }) => question)
    expect(questions.length).toBeGreaterThan(20)
    expect(complaints(questions)).toBe('')
  })

  it('is answered as the schema says, so that the stand-in tells nothing that VIRTA would not', () => {
    expect(complaints(sis.virta.messages.map(({ answer }) => answer))).toBe('')
  })

  it('would be told of a question that is not of the schema', () => {
    const { question } = sis.virta.messages[0]!
    expect(complaints([question.replace(/<(\w+:)?tunnus>.*<\/(\w+:)?tunnus>/, '')])).toContain('tunnus')
  })
})

/** The one element in the body of a message, with the namespaces that are declared around it. */
function bodyOf(message: string): string {
  const bytes = Buffer.from(message)
  const { root } = parseXml(bytes)
  const path: XmlElement[] = [root]
  const elements = ({ children }: XmlElement) => children.filter((child) => typeof child !== 'string')
  const body = elements(root).find(({ localName }) => localName === 'Body')!
  path.push(body)
  const [content] = elements(body)
  const around = new Map(path.flatMap(({ declarations }) => [...declarations]))
  const declared = [...around]
    .filter(([prefix]) => !content!.declarations.has(prefix))
    .map(([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${uri}"`)
  const written = bytes.subarray(content!.start, content!.end).toString('utf8')
  return written.replace(/^<[^\s/>]+/, (start) => start + declared.join(''))
}
