import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeWith } from '@emrex-gateway/testing'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { allOf, lastOf, readDockerfile } from './read-dockerfile.js'
import { settingsSchema } from '../../src/settings/settings-schema.js'

const workspace = fileURLToPath(new URL('../../../../', import.meta.url))
const chart = join(workspace, 'deploy/helm/emrex-gateway')
const read = (name: string) => readFileSync(join(chart, name), 'utf8')
const values = parse(read('values.yaml')) as Record<string, unknown>
const templates = readdirSync(join(chart, 'templates')).map((name) => [name, read(`templates/${name}`)] as const)
const all = templates.map(([, text]) => text).join('\n')
const image = readDockerfile(readFileSync(join(workspace, 'deploy/Dockerfile'), 'utf8')).at(-1)!

// What can be seen without Helm; the templates themselves are rendered below, where there is one.
describe('the Helm chart', () => {
  const schema = z.fromJSONSchema(JSON.parse(read('values.schema.json')) as Parameters<typeof z.fromJSONSchema>[0])

  it('has a manifest of the second form, for the version of the gateway', () => {
    const { version } = JSON.parse(readFileSync(join(workspace, 'package.json'), 'utf8')) as { version: string }
    expect(parse(read('Chart.yaml'))).toMatchObject({
      ...{ apiVersion: 'v2', name: 'emrex-gateway', type: 'application', appVersion: version },
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
    })
  })

  it('has values that its own schema accepts', () => {
    expect(schema.safeParse(values).error?.issues ?? []).toEqual([])
  })

  it.each([
    ['an unknown value', { replicas: 2 }],
    ['no instance', { replicaCount: 0 }],
    ['a broken digest', { image: { repository: 'emrex-gateway', digest: 'sha256:1' } }],
    ['settings without a database', { settings: { seal: { keyFile: '/secrets/seal-key' } } }],
    ['less time to end than the gateway takes', { terminationGracePeriodSeconds: 25 }],
  ])('has a schema that refuses %s', (_, change) => {
    expect(schema.safeParse({ ...values, ...change }).success).toBe(false)
  })

  it('has settings that the gateway knows', () => {
    expect(settingsSchema.safeParse(values['settings']).error?.issues ?? []).toEqual([])
  })

  it('reads settings that are copied from the reference as the gateway does: NO is Norway in YAML 1.2 alone', () => {
    const reference = readFileSync(join(workspace, 'apps/emrex-gateway/config/reference.yaml'), 'utf8')
    const truths = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? Object.values(value).reduce<number>((sum, each) => sum + truths(each), 0)
        : Number(typeof value === 'boolean')
    expect(truths(parse(reference, { version: '1.1' }))).toBe(truths(parse(reference)))
  })

  it('uses every value that it has, and no other', () => {
    const used = new Set([...all.matchAll(/\.Values\.([A-Za-z]+)/g)].map(([, name]) => name!))
    expect([...used].sort()).toEqual(Object.keys(values).sort())
  })

  it('includes no template that is not defined, and defines none that is not included', () => {
    const found = (expression: RegExp) => [...new Set([...all.matchAll(expression)].map(([, name]) => name!))].sort()
    expect(found(/include "([^"]+)"/g)).toEqual(found(/define "([^"]+)"/g))
  })

  it.each(templates)('closes in %s what it opens', (_, text) => {
    const words = [...text.matchAll(/\{\{-?\s*(if|with|range|define|end)\b/g)].map(([, word]) => word)
    const ends = words.filter((word) => word === 'end').length
    expect(words.length - ends).toBe(ends)
  })

  it('agrees with the image: user, port, places; and what it starts can do no harm', () => {
    const deployment = read('templates/deployment.yaml')
    const [uid] = lastOf(image, 'USER').split(':')
    for (const line of [
      ...[`runAsUser: ${uid}`, `containerPort: ${lastOf(image, 'EXPOSE')}`, `mountPath: ${lastOf(image, 'VOLUME')}`],
      ...['mountPath: /config', 'runAsNonRoot: true', 'readOnlyRootFilesystem: true', 'drop: [ALL]'],
      ...['allowPrivilegeEscalation: false', 'path: /health/live', 'path: /health/ready'],
    ])
      expect(deployment).toContain(line)
    expect(allOf(image, 'CMD')[0]).toContain('"/config/gateway.yaml"')
    expect(all).not.toMatch(/kind: Secret/)
  })
})

describe('an update of the Helm chart', () => {
  it('ends the old instance first where it holds a claim, which the new one on another node would wait for', () => {
    const claims = '{{- if include "emrex.hasClaim" . }}'
    expect(read('templates/claim.yaml').startsWith(claims)).toBe(true)
    const deployment = read('templates/deployment.yaml')
    expect(deployment).toMatch(/\{\{- if include "emrex\.hasClaim" \. \}\}\n\s+persistentVolumeClaim:/)
    const [, condition] = /type: \{\{ if (.+) \}\}Recreate\{\{ else \}\}RollingUpdate/.exec(deployment) ?? []
    expect(condition).toBe('or (hasKey .Values.settings.database "file") (include "emrex.hasClaim" .)')
  })
})

describe('the metrics in the Helm chart', () => {
  const template = (name: string) => read(`templates/${name}.yaml`)
  const port = 9464

  it('are at a port that every instance opens, and that a Service of its own leads to, one instance at a time', () => {
    const settings = read('templates/_names.tpl')
    expect(settings).toContain(`"operations" (dict "admin" (dict "host" "0.0.0.0" "port" ${port}))`)
    expect(template('deployment')).toMatch(new RegExp(`- name: metrics\\s+containerPort: ${port}\\n`))
    const own = template('metrics-service')
    for (const line of ['clusterIP: None', 'publishNotReadyAddresses: true', `port: ${port}`, 'targetPort: metrics'])
      expect(own).toContain(`${line}\n`)
  })

  it('are no part of what visitors reach, and the network lets in only those who are named', () => {
    for (const name of ['service', 'ingress']) expect(template(name)).not.toMatch(new RegExp(`metrics|${port}`))
    const [, visitors, operators] = template('networkpolicy').split('    - ports:\n')
    expect([visitors, operators]).toEqual([
      expect.stringContaining('port: http') as string,
      expect.stringMatching(/port: metrics \}\n {6}from: \{\{- toYaml \.Values\.metrics\.from/) as string,
    ])
    expect(visitors).not.toContain('metrics')
    const schema = z.fromJSONSchema(JSON.parse(read('values.schema.json')) as Parameters<typeof z.fromJSONSchema>[0])
    // An empty list would let in everybody.
    expect(schema.safeParse({ ...values, metrics: { from: [] } }).success).toBe(false)
  })
})

const helm = (...parameters: readonly string[]) => spawnSync('helm', parameters, { encoding: 'utf8' })

describeWith(describe, 'helm', 'the Helm chart, rendered', () => {
  const postgres = ['--set', 'settings.database.file=null', '--set', 'settings.database.fromEnvironment=true']

  it('is found in order by helm lint', () => {
    const { status, stdout } = helm('lint', '--strict', chart)
    expect([status, stdout]).toEqual([0, expect.stringContaining('0 chart(s) failed')])
  })

  it.each([
    ['as it stands', [], ['ConfigMap', 'Deployment', 'NetworkPolicy', 'PersistentVolumeClaim', 'Service', 'Service']],
    [
      'with three instances and an ingress',
      [...postgres, '--set', 'replicaCount=3', '--set', 'ingress.enabled=true'],
      ['ConfigMap', 'Deployment', 'Ingress', 'NetworkPolicy', 'PodDisruptionBudget', 'Service', 'Service'],
    ],
  ])('makes these objects %s', (_, parameters, kinds) => {
    const { status, stdout, stderr } = helm('template', 'test', chart, ...parameters)
    expect([status, stderr]).toEqual([0, ''])
    const objects = parseAllDocuments(stdout).map((document) => document.toJS() as { kind: string; data?: object })
    expect(objects.map(({ kind }) => kind).sort()).toEqual(kinds)
    const { data } = objects.find(({ kind }) => kind === 'ConfigMap') as { data: Record<string, string> }
    expect(settingsSchema.safeParse(parse(data['gateway.yaml']!)).error?.issues ?? []).toEqual([])
  })

  it.each([
    ['on SQLite', [], 'Recreate'],
    ['one instance on PostgreSQL with a claim', postgres, 'Recreate'],
    ['one without', [...postgres, '--set', 'persistence.enabled=false'], 'RollingUpdate'],
    ['several', [...postgres, '--set', 'replicaCount=2'], 'RollingUpdate'],
  ])('updates %s', (_, parameters, type) => {
    const { stdout } = helm('template', 'test', chart, ...parameters)
    const objects = parseAllDocuments(stdout).map((document) => document.toJS() as { kind: string; spec?: object })
    expect(objects.find(({ kind }) => kind === 'Deployment')?.spec).toMatchObject({ strategy: { type } })
  })

  it('refuses several instances on SQLite, and says why', () => {
    const { status, stderr } = helm('template', 'test', chart, '--set', 'replicaCount=2')
    expect([status, stderr]).toEqual([1, expect.stringContaining('more than one needs PostgreSQL')])
  })
})
