import {
  describeWith,
  type DatabaseServerOptions,
  type SecondImplementation,
  type ThrowawayAuthority,
} from '@emrex-gateway/testing'
import { contractOn } from './contract-on.js'
import { ddlOn } from './ddl-on.js'
import type { Place } from './place.js'
import { queriesOn } from './queries-on.js'
import { makeServerCertificate, tlsOn } from './tls-on.js'
import { typesOn } from './types-on.js'

/** What differs between two servers. */
export interface ServerUnderTest {
  readonly name: string
  readonly program: SecondImplementation
  start(options: DatabaseServerOptions): Promise<Place>
  /** Its type of bytes. */
  readonly binary: string
  /** Counts questions of the gateway that wait for a lock. */
  readonly waiting: string
  /** What is said where the certificate is not the server's. */
  readonly untrusted: string
  /** From now on it takes no connection of that user without TLS. */
  readonly demandTls: Parameters<typeof tlsOn>[4]
}

/** All that sis-sql promises, on a real server. */
export function onServer({ name, program, start, binary, waiting, untrusted, demandTls }: ServerUnderTest): void {
  describeWith(describe, program, name, () => {
    let place: Place
    let authority: ThrowawayAuthority
    beforeAll(async () => {
      const made = await makeServerCertificate()
      authority = made.authority
      place = await start({ tls: made.tls })
    }, 120_000)
    afterAll(() => place?.close(), 60_000)

    contractOn(name, () => place, {
      down: 'unavailable',
      slow: 'timeout',
      truncated: 'unavailable',
      failing: 'bad-data',
      'credential-refused': 'credential',
      forbidden: 'forbidden',
    })
    ddlOn(name, () => place)
    typesOn(name, () => place, binary)
    queriesOn(name, () => place, waiting)
    tlsOn(
      name,
      () => place,
      () => authority,
      untrusted,
      demandTls,
    )
  })
}
