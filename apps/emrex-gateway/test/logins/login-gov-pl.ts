import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeThrowawaySigner, startLoginGovPl, verifyWithXmlsec1, type MockIdp } from '@emrex-gateway/testing'
import { students } from '@emrex-gateway/town'
import type { TownSettingsFile } from './rewrite-town.js'

const naturalPerson = 'http://eidas.europa.eu/attributes/naturalperson/'
const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol'
const curve = { type: 'ec', curve: 'P-256' } as const

/** The entries that offer it; each is a service of its own there, for it knows one address for each. */
export const govEntries = { home: 'zielonobrzeg', abroad: 'poland' } as const

export interface GovLogins {
  readonly idp: MockIdp
  /** How often xmlsec1 was asked about our signature, and said yes. */
  readonly verified: string[]
  /** For `rewriteTown`. */
  readonly add: (settings: TownSettingsFile) => void
  close(): Promise<void>
}

/** The stand-in of login.gov.pl, and logins by the profile `pl-login-gov` at one SMP and one NCP. xmlsec1 checks what we sign. */
export async function startGovLogins(folder: string, port: number): Promise<GovLogins> {
  for (const use of ['signing', 'encryption']) {
    const { privateKey, certificate } = await makeThrowawaySigner({ key: curve })
    writeFileSync(join(folder, `gov-${use}.key.pem`), privateKey)
    writeFileSync(join(folder, `gov-${use}.pem`), certificate)
  }
  const certificateOf = (use: string) => readFileSync(join(folder, `gov-${use}.pem`), 'utf8')
  const verified: string[] = []
  const idp = await startLoginGovPl({
    people: ['stanislaw', 'ingrid'].map(personOf),
    verify: async (xml, kind) => {
      const isGood = await verifyWithXmlsec1(xml, certificateOf('signing'), [`${protocol}:${kind}`])
      if (isGood) verified.push(kind)
      return isGood
    },
  })
  writeFileSync(join(folder, 'gov.xml'), idp.metadata)
  const places = {
    home: `http://localhost:${port}/smp/${govEntries.home}`,
    abroad: `http://127.0.0.1:${port}/ncp/${govEntries.abroad}`,
  }
  const entityIdOf = (side: string) => `https://town.example/gov-${side}`
  for (const [side, place] of Object.entries(places))
    idp.register(entityIdOf(side), {
      consumerUrl: `${place}/login/gov-${side}/callback`,
      encryptionCertificate: certificateOf('encryption'),
    })
  const pair = (use: string) => ({ keyFile: `./gov-${use}.key.pem`, certificateFile: `./gov-${use}.pem` })
  return {
    idp,
    verified,
    add({ logins, smp, ncp }) {
      for (const side of ['home', 'abroad'])
        logins.push({
          id: `gov-${side}`,
          plugin: 'eidas',
          settings: {
            profile: 'pl-login-gov',
            entityId: entityIdOf(side),
            providerName: 'University of Zielony Brzeg',
            identityProvider: { entityId: idp.entityId, metadataFile: './gov.xml' },
            signing: [pair('signing')],
            encryption: [pair('encryption')],
            countries: ['PL', 'NO'],
          },
        })
      smp.find(({ id }) => id === govEntries.home)!.logins.push('gov-home')
      ncp.find(({ id }) => id === govEntries.abroad)!.logins.push('gov-abroad')
    },
    close: () => idp.close(),
  }
}

/** Somebody of the town as the Polish node tells it: its own people by their bare number, others as eIDAS does. */
function personOf(id: string) {
  const { given, family, birthDate, nationalId } = students.find((student) => student.id === id)!
  const { country, value } = nationalId!
  return {
    id,
    label: `${given} ${family}`,
    attributes: {
      [`${naturalPerson}PersonIdentifier`]: country === 'PL' ? value : `${country}/PL/${value}`,
      [`${naturalPerson}CurrentFamilyName`]: family,
      [`${naturalPerson}CurrentGivenName`]: given,
      [`${naturalPerson}DateOfBirth`]: birthDate!,
    },
  }
}
