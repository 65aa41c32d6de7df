import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  startFsSystem,
  startLadok,
  startRestSis,
  startUsos,
  startVirta,
  type FsSystem,
  type LadokStandIn,
  type RestCredential,
  type RestSis,
  type UsosServer,
  type Virta,
} from '@emrex-gateway/testing'
import { makeViewsDatabase, viewsDomain } from './make-views-database.js'
import { otherUniversity, type OtherUniversityId } from './other-universities.js'

/** One entry of the `systems` in the settings. */
export interface SystemUse {
  readonly id: OtherUniversityId
  readonly title: string
  readonly plugin: string
  readonly settings: object
}

/** The stand-ins of the town, and the systems of the gateway that are connected to them. */
export interface OtherSystems {
  readonly systems: readonly SystemUse[]
  /** Domains by which the demonstration logins name student numbers. */
  readonly domains: readonly string[]
  readonly ladok: LadokStandIn
  readonly usos: UsosServer
  readonly fs: FsSystem
  readonly virta: Virta
  /** A system whose vendor offers the five calls. */
  readonly vendor: RestSis
  close(): Promise<void>
}

/** Starts a stand-in of each kind of system on loopback, and makes a database with the same students. */
export async function startOtherSystems(folder: string): Promise<OtherSystems> {
  const [ladok, usos, fs, virta, vendor] = await Promise.all([
    startLadok(),
    startUsos(),
    startFsSystem(),
    startVirta(),
    startRestSis({ access: 'hmac' }),
  ])
  const signing = vendor.credential as Extract<RestCredential, { kind: 'hmac' }>
  // The stand-ins make theirs anew at each start.
  mkdirSync(join(folder, 'stand-ins'), { recursive: true })
  const secret = (name: string, text: string): string => {
    writeFileSync(join(folder, 'stand-ins', name), text, { mode: 0o600 })
    return `./stand-ins/${name}`
  }
  const [norrberg] = ladok.universities
  const database = join(folder, 'views.sqlite')
  if (!existsSync(database)) await makeViewsDatabase(database)
  const systems: readonly Omit<SystemUse, 'title'>[] = [
    {
      id: 'norrberg',
      plugin: 'ladok',
      settings: {
        baseUrl: ladok.origin,
        keyFile: secret('ladok.key.pem', norrberg!.privateKey),
        certificateFile: secret('ladok.pem', norrberg!.certificate),
        authoritiesFile: secret('ladok.authority.pem', ladok.authority),
        institution: { schac: norrberg!.schac },
        minIntervalMs: 0,
        source: true,
        target: true,
      },
    },
    {
      id: 'pierwszy',
      plugin: 'usos',
      settings: {
        baseUrl: usos.baseUrl,
        consumerKey: usos.consumerKey,
        consumerSecretFile: secret('usos.secret', usos.consumerSecret),
        institution: { schac: usos.schac, url: `https://${usos.schac}/` },
        label: usosLoginLabel,
        minIntervalMs: 0,
      },
    },
    {
      id: 'forste',
      plugin: 'fs',
      settings: {
        organisasjonskode: fs.institutions.first.code,
        url: fs.url,
        auth: {
          kind: 'basic',
          user: fs.credentials.first.user,
          passwordFile: secret('fs.secret', fs.credentials.first.secret),
        },
        institution: { title: fs.institutions.first.title, schac: fs.institutions.first.schac },
        minIntervalMs: 0,
      },
    },
    {
      id: 'suomi',
      plugin: 'virta',
      settings: {
        url: virta.url,
        caller: {
          system: virta.caller.system,
          user: virta.caller.user,
          keyFile: secret('virta.secret', virta.caller.key),
        },
        institutions: virta.institutions.map((code, index) => ({
          code,
          title: [
            { fi: 'Ensimmäinen yliopisto', en: 'First University of Finland' },
            { fi: 'Toinen yliopisto', en: 'Second University of Finland' },
          ][index],
          schac: ['ensimmainen.example', 'toinen.example'][index],
        })),
        minIntervalMs: 0,
      },
    },
    {
      id: 'views',
      plugin: 'sql',
      settings: { client: 'sqlite', file: './views.sqlite', institutionCodes: ['FIRST'], source: true, target: true },
    },
    {
      id: 'vendor',
      plugin: 'rest',
      settings: {
        url: vendor.url,
        auth: { kind: 'hmac', keyId: signing.keyId, secretFile: secret('vendor.secret', signing.secret) },
        findBy: ['nationalId', 'learnerId'],
        source: true,
        target: true,
      },
    },
  ]
  return {
    ...{ ladok, usos, fs, virta, vendor },
    systems: systems.map((system) => ({ ...system, title: otherUniversity(system.id).title })),
    domains: [fs.institutions.first.schac, usos.schac, viewsDomain],
    close: async () => {
      await Promise.all([ladok, usos, fs, virta, vendor].map((standIn) => standIn.close()))
    },
  }
}

export const usosLoginLabel = 'Log in with USOS'
