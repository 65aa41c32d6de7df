import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { pathToFileURL } from 'node:url'
import { describeWith } from '../optional-tests.js'
import { runFromSource } from '../run-from-source.js'
import { until } from '../until.js'
import { startMariaDb } from './start-maria-db.js'
import { startPostgres } from './start-postgres.js'

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true))
    socket.on('connect', () => socket.destroy())
    socket.on('error', () => resolve(false))
  })

/** A process that starts a server, says where, and is killed. */
async function killedStarter(name: string, call: string): Promise<{ port: number; folder: string }> {
  const address = pathToFileURL(new URL(`./${name}.ts`, import.meta.url).pathname).href
  const script = `const { ${call} } = await import('${address}'); console.log(JSON.stringify(await ${call}()))`
  const child = spawn(process.execPath, ['--import', runFromSource, '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  child.kill('SIGKILL')
  return JSON.parse(line.toString()) as { port: number; folder: string }
}

const servers = [
  ['postgresql', 'startPostgres', 'start-postgres', startPostgres],
  ['mariadb', 'startMariaDb', 'start-maria-db', startMariaDb],
] as const

for (const [program, call, file, start] of servers)
  describeWith(describe, program, call, () => {
    it('starts a server, and leaves none behind', async () => {
      const server = await start()
      expect(await answers(server.port)).toBe(true)
      expect(existsSync(server.folder)).toBe(true)
      await server.close()
      expect(await answers(server.port)).toBe(false)
      expect(existsSync(server.folder)).toBe(false)
    }, 120_000)

    it('leaves none behind when whoever started it is killed', async () => {
      const { port, folder } = await killedStarter(file, call)
      await until(async () => !(await answers(port)) && !existsSync(folder), { everyMs: 100 })
    }, 120_000)
  })

describeWith(describe, 'postgresql', 'a PostgreSQL that leaves', () => {
  it('answers nobody meanwhile, comes back, and leaves nothing behind in the end', async () => {
    const server = await startPostgres()
    const left = server.leave(2000)
    await until(async () => !(await answers(server.port)))
    await left
    await until(() => answers(server.port))
    await server.close()
    expect([await answers(server.port), existsSync(server.folder)]).toEqual([false, false])
  }, 120_000)
})
