import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, makeThrowawaySigner, startStandInMailServer, type StandInMailServer } from '@emrex-gateway/testing'
import { startCatalogueServer, type CatalogueServer } from './catalogue-server.js'
import { makeUniversityDatabase } from './make-university-database.js'
import { otherCatalogueEntries, otherEntries } from './other-systems/other-entries.js'
import { otherUniversities } from './other-systems/other-universities.js'
import { startOtherSystems, type OtherSystems } from './other-systems/start-other-systems.js'
import { startRealLogins } from './real-logins.js'
import { catalogueEntries, homeOrigin, ncpIds, townEntries, townSettings } from './town-settings.js'
import { mailboxPage, townPage } from './town-page.js'
import { universities, type NcpId } from './universities.js'

export interface TownPlan {
  /** Where everything of the town lies; made when it is missing, used again when it is there. */
  readonly folder: string
  /** The wanted port of the gateway; another free one when it is taken. */
  readonly port: number
  readonly logLevel?: string
  /** Starts a SAML and an OpenID Connect login besides the one for demonstrations; every entry offers both. */
  readonly realLogins?: boolean
  /** Adds universities on Ladok, USOS, FS and VIRTA, and one more database, all with the same students. */
  readonly otherSystems?: boolean
  /** Changes the settings file before the gateway reads it, for a town with a part more or less. */
  readonly rewriteSettings?: (yaml: string) => string
}

/** A town in which no gateway runs yet. */
export interface PreparedTown {
  readonly folder: string
  /** Where its entries are to answer. */
  readonly port: number
  /** Settings of the gateway, in the folder. */
  readonly settingsFile: string
  /** The page from which a person looks around. */
  readonly address: string
  readonly certificates: ReadonlyMap<NcpId, string>
  readonly catalogue: CatalogueServer
  /** Where every mail of the town ends. */
  readonly mail: StandInMailServer
  /** The stand-ins of systems of other kinds, where the town has them. */
  readonly others?: OtherSystems
  smpUrl(id: string): string
  ncpUrl(id: string): string
  /** Ends everything around the gateway. */
  close(): Promise<void>
}

/** Makes everything of a town but its gateway: databases, keys, settings, catalogue and mail server. */
export async function prepareTown({
  folder,
  port: wanted,
  logLevel = 'warn',
  realLogins = false,
  otherSystems = false,
  rewriteSettings = (yaml) => yaml,
}: TownPlan): Promise<PreparedTown> {
  mkdirSync(folder, { recursive: true })
  const certificates = await makeKeys(folder, ncpIds)
  const otherIds = otherSystems ? otherUniversities.map(({ id }) => id) : []
  const otherCertificates = await makeKeys(folder, otherIds)
  for (const { id } of universities) {
    const file = join(folder, `${id}.sqlite`)
    if (!existsSync(file)) await makeUniversityDatabase(id, file)
  }
  const port = await freePort(wanted)
  const mail = await startStandInMailServer()
  const catalogue = await startCatalogueServer(townPage(homeOrigin(port), otherSystems), () => mailboxPage(mail.mails))
  const others = otherSystems ? await startOtherSystems(folder) : undefined
  const logins = realLogins ? await startRealLogins(folder, townEntries(port)) : undefined
  const close = async () => {
    await Promise.all([catalogue.stop(), mail.close(), logins?.close(), others?.close()])
  }
  try {
    catalogue.publish([
      ...catalogueEntries(port, certificates),
      ...(others === undefined ? [] : otherCatalogueEntries(port, otherCertificates)),
    ])
    const settingsFile = join(folder, 'settings.yaml')
    writeFileSync(
      settingsFile,
      rewriteSettings(
        townSettings({
          ...{ port, catalogueUrl: catalogue.url, logLevel, mailPort: mail.port },
          furtherLogins: logins?.logins ?? [],
          ...(others === undefined ? {} : { others: otherEntries(port, others) }),
        }),
      ),
    )
    return {
      ...{ folder, port, settingsFile, certificates, catalogue, mail, close },
      address: new URL('/', catalogue.url).href,
      ...(others === undefined ? {} : { others }),
      smpUrl: (id) => `http://localhost:${port}/smp/${id}`,
      ncpUrl: (id) => `http://127.0.0.1:${port}/ncp/${id}`,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Keys of the town, made once: throw-away keys of a demonstration, and never anything else. */
async function makeKeys<Id extends string>(folder: string, ids: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  const sealKey = join(folder, 'seal.key')
  if (!existsSync(sealKey)) writeFileSync(sealKey, randomBytes(32).toString('base64'), { mode: 0o600 })
  const certificates = new Map<Id, string>()
  for (const ncp of ids) {
    const [keyFile, certificateFile] = [join(folder, `${ncp}.key.pem`), join(folder, `${ncp}.pem`)]
    if (!existsSync(keyFile) || !existsSync(certificateFile)) {
      const signer = await makeThrowawaySigner({ commonName: `NCP ${ncp} of the demonstration town` })
      writeFileSync(keyFile, signer.privateKey, { mode: 0o600 })
      writeFileSync(certificateFile, signer.certificate)
    }
    certificates.set(ncp, readFileSync(certificateFile, 'utf8'))
  }
  return certificates
}
