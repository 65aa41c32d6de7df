import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { answerFor, makeThrowawaySigner } from './index.js'
import { runReadmeExample, runReadmeExamples } from './readme-example.js'

describe('the README of testing', () => {
  it('has an example that runs', async () => {
    const modules = { '@emrex-gateway/testing': { answerFor, makeThrowawaySigner } }
    const { answer } = await runReadmeExample(new URL('../README.md', import.meta.url), modules)
    expect(answer).toEqual({ sessionId: 'abc', returnCode: 'NCP_CANCEL', returnMessage: '', elmo: '' })
  })
})

describe('runReadmeExample', () => {
  it('fails when an example imports what is not there, breaks, or is missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'readme-'))
    const run = async (text: string) => {
      const path = join(folder, 'README.md')
      writeFileSync(path, text)
      return runReadmeExample(pathToFileURL(path), { ours: { one: 1 } }, { two: 2 })
    }
    const example = (code: string) => `# x\n\n\`\`\`ts\n${code}\n\`\`\`\n`
    expect(await run(example("import { one } from 'ours'\n\nconst three = one + two"))).toEqual({ three: 3 })
    await expect(run(example("import { none } from 'ours'\n"))).rejects.toThrow('"ours" has no none')
    await expect(run(example("import { one } from 'theirs'\n"))).rejects.toThrow('"theirs" has no one')
    await expect(run(example('const a = missing()'))).rejects.toThrow(/missing is not defined/)
    await expect(run('# x')).rejects.toThrow(/no example/)
    rmSync(folder, { recursive: true })
  })
})

describe('runReadmeExamples', () => {
  it('runs all of them, each with what those before it left', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'readme-'))
    const path = join(folder, 'README.md')
    const blocks = ["import { one } from 'ours'\n\nconst { a, b: c } = { a: one, b: 2 }", 'const d = a + c + given']
    writeFileSync(path, blocks.map((code) => `x\n\n\`\`\`ts\n${code}\n\`\`\`\n`).join('\n'))
    const run = () => runReadmeExamples(pathToFileURL(path), { ours: { one: 1 } }, { given: 4 })
    expect(await run()).toEqual([{ a: 1, c: 2 }, { d: 7 }])
    writeFileSync(path, `${blocks[0]}\n\`\`\`ts\nconst d = missing\n\`\`\`\n`)
    await expect(run()).rejects.toThrow(/missing is not defined/)
    rmSync(folder, { recursive: true })
  })
})
