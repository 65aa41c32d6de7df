import { loadSettings, parseSettings } from './load-settings.js'
import { identityPlugins, sisPlugins } from '../plugins.js'
import { SettingsError } from './settings-error.js'

const good = `
environment: demo
database: { file: ./gateway.sqlite }
seal: { keyFile: ./seal.key }
logins: [{ id: demo, plugin: demo }]
systems: [{ id: records, plugin: sql }]
registries: [{ id: list, kind: static, entries: [] }]
ncp:
  - id: abroad
    title: Abroad University
    publicUrl: http://127.0.0.1:8080
    logins: [demo]
    sources: [records]
    signing: { keyFile: ./k.pem, certificateFile: ./c.pem }
smp:
  - id: home
    title: Home University
    publicUrl: http://localhost:8080
    logins: [demo]
    target: records
`

const problemsOf = (text: string): readonly { path: string; message: string }[] => {
  try {
    parseSettings('settings.yaml', text)
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  return []
}
const pathsOf = (text: string): string[] => problemsOf(text).map(({ path }) => path)

describe('parseSettings', () => {
  it('is production unless the file says otherwise', () => {
    const text = good.replace('environment: demo\n', '').replaceAll('http://', 'https://')
    expect(parseSettings('settings.yaml', text).environment).toBe('production')
  })

  it('reports every problem in one go, each with its path', () => {
    const text = good
      .replace('title: Abroad University', 'title: ""')
      .replace('target: records', 'target: 7')
      .replace('idleMinutes', '')
    expect(pathsOf(`${text}\nlogLevel: loud\n`).sort()).toEqual(['logLevel', 'ncp.0.title', 'smp.0.target'])
  })

  it('tells wrong names and addresses in the same go as wrong values', () => {
    const text = good
      .replace('title: Abroad University', 'title: ""')
      .replace('target: records', 'target: recrods')
      .replace('publicUrl: http://localhost:8080', 'publicUrl: http://emrex.example.edu')
      .replace('plugin: demo }', 'plugin: demo }, { id: demo, plugin: 7 }')
    expect(pathsOf(`${text}\nlogLevel: loud\n`).sort()).toEqual(
      ['logLevel', 'logins.1.id', 'logins.1.plugin', 'ncp.0.title', 'smp.0.publicUrl', 'smp.0.target'].sort(),
    )
  })

  it('tells one mistake once, whichever rules it breaks', () => {
    expect(pathsOf(good.replace(/registries: .*/, 'registries: 7'))).toEqual(['registries'])
    expect(pathsOf(good.replace('[demo]', '[demo, 7]'))).toEqual(['ncp.0.logins.1'])
    expect(pathsOf('7')).toEqual([''])
    expect(pathsOf('ncp: 7')).toEqual(['database', 'seal', 'ncp'])
  })

  it('says of what is missing that it is missing', () => {
    expect(problemsOf(good.replace('title: Home University', ''))).toEqual([
      { path: 'smp.0.title', message: 'is missing' },
    ])
  })

  it('refuses keys that it does not know', () => {
    expect(problemsOf(`${good}\nlogLevl: info\n`)[0]?.message).toContain('logLevl')
    expect(pathsOf(good.replace('target: records', 'target: records\n    targt: records'))).toEqual(['smp.0'])
  })

  it('refuses names that do not exist, and says which do', () => {
    const [problem] = problemsOf(good.replace('target: records', 'target: recrods'))
    expect(problem).toEqual({ path: 'smp.0.target', message: 'there is no system "recrods" (known: records)' })
  })

  it('refuses a name that is used twice', () => {
    expect(
      pathsOf(
        good.replace(
          'logins: [{ id: demo, plugin: demo }]',
          'logins: [{ id: demo, plugin: demo }, { id: demo, plugin: demo }]',
        ),
      ),
    ).toEqual(['logins.1.id'])
  })

  it('permits plain http on loopback with environment demo, and nowhere else', () => {
    expect(problemsOf(good)).toEqual([])
    expect(pathsOf(good.replace('environment: demo', 'environment: test'))).toEqual([
      'ncp.0.publicUrl',
      'smp.0.publicUrl',
    ])
    expect(pathsOf(good.replace('http://localhost:8080', 'http://emrex.example.edu'))).toEqual(['smp.0.publicUrl'])
  })

  it('takes as proxies what can be one, and says what else could not be: the start failed with it', () => {
    const told = (proxies: string) => problemsOf(`trustProxy: ${proxies}\n${good}`)
    for (const good of ['false', '2', '[10.0.0.7, 10.1.0.0/16, "fd00::/8", "::1", loopback]'])
      expect(told(good)).toEqual([])
    expect(told('[10.0.0.7, nginx]')).toEqual([
      { path: 'trustProxy.1', message: expect.stringContaining('a name of a host is none') as string },
    ])
    for (const wrong of ['true', '10.0.0.7'])
      expect(told(wrong)).toEqual([{ path: 'trustProxy', message: expect.stringContaining('how many') as string }])
  })

  it('says where the file is not YAML, once', () => {
    const [problem] = problemsOf('a: [1\nb: }')
    expect(problem?.path).toMatch(/^line \d+$/)
    expect(problem?.message).not.toMatch(/at line|:$/)
  })

  it('refuses an asterisk that is no text for want of quotes', () => {
    expect(problemsOf('listen: { host: * }')[0]?.path).toMatch(/^line \d+$/)
    expect(problemsOf('listen: { host: *all }')).toEqual([
      { path: '', message: expect.stringMatching(/^Unresolved alias .*: all$/) as string },
    ])
  })
})

describe('loadSettings', () => {
  it('says that a file cannot be read', () => {
    expect(() => loadSettings('no-such-file.yaml')).toThrow(/cannot be read \(ENOENT\)/)
  })

  it('loads the reference, which shows every setting', async () => {
    const { settings } = loadSettings(new URL('../../config/reference.yaml', import.meta.url).pathname)
    expect(settings.ncp[0]?.sources).toEqual(['records'])
    expect(settings.smp[0]?.caseDays).toBe(30)
    // What stands there about systems and logins is what their plugins take.
    for (const { plugin, settings: own } of settings.systems)
      expect([plugin, (await sisPlugins[plugin]?.())?.config.safeParse(own)]).toEqual([
        plugin,
        expect.objectContaining({ success: true }),
      ])
    for (const { plugin, settings: own } of settings.logins)
      expect([plugin, (await identityPlugins[plugin]?.())?.config.safeParse(own)]).toEqual([
        plugin,
        expect.objectContaining({ success: true }),
      ])
    expect(settings.logins.map(({ plugin }) => plugin)).toEqual(['eidas', 'eidas', 'saml', 'oidc'])
  })
})
