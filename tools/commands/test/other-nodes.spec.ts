import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { otherNodes, repeatedSuites, repeatOnOtherNodes } from '../other-nodes.mjs'
import { sumTestResults } from '../sum-test-results.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))

describe('repeatOnOtherNodes, where no other Node can be installed', () => {
  let folder: string
  const path = process.env['PATH']
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'emrex-nodes-'))
    // No npm is found.
    process.env['PATH'] = folder
  })
  afterAll(() => {
    process.env['PATH'] = path
    rmSync(folder, { recursive: true })
  })
  const said: string[] = []
  const repeated = (isRequired: boolean) => {
    said.length = 0
    return repeatOnOtherNodes(root, {
      ...{ results: join(folder, 'results'), nodes: join(folder, 'nodes'), isRequired },
      say: (line) => void said.push(line),
    })
  }

  it('leaves it out, where it is not required', async () => {
    const { files, endedWell } = await repeated(false)
    expect([files.size, endedWell]).toEqual([0, true])
    expect(said).toEqual(
      otherNodes.map((version) => expect.stringContaining(`Node ${version}: it could not be installed`)),
    )
  })

  it('counts every suite as a failure, where it is', async () => {
    const { files, endedWell } = await repeated(true)
    expect(sumTestResults(files, endedWell).failed).toBe(otherNodes.length * repeatedSuites.length)
  })
})

describe('repeatedSuites', () => {
  it.each(repeatedSuites)('names one suite that there is: $folder $pattern', ({ folder, pattern }) => {
    expect(existsSync(join(root, folder, `${pattern.replaceAll('\\', '')}.ts`))).toBe(true)
  })
})
