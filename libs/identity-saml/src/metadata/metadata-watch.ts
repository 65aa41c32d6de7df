import type { KeyObject } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { defaults, RemoteWatch, type Log, type ProviderState } from '@emrex-gateway/core'
import { FetchFailure, fetchLimited } from '../fetch-limited.js'
import { SamlRefusal } from '../saml-refusal.js'
import type { IdentityProviderMetadata } from './identity-provider-metadata.js'
import { metadataLimits, parseMetadata, type MetadataRules } from './parse-metadata.js'

const timeoutMs = 10_000
const dayMs = 86_400_000

export type MetadataSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'url'; readonly url: string; readonly fetch: typeof fetch; readonly keepPath?: string }

export interface MetadataQuestion {
  readonly id: string
  readonly source: MetadataSource
  readonly signers?: readonly KeyObject[]
  readonly rules: Omit<MetadataRules, 'now' | 'signers'>
  readonly refreshMinutes: number
  readonly now: () => Date
  readonly log: Log
}

/**
 * What is known about an identity provider. Metadata that is refused or does not come changes nothing: the last good copy
 * stays for as long as it says that it holds, and the operator is told.
 */
export class MetadataWatch extends RemoteWatch<IdentityProviderMetadata> {
  /** How long the metadata holds, and since when it says this. */
  private holds: { readonly until: number; readonly since: number } | undefined

  constructor(private readonly question: MetadataQuestion) {
    super(question.now)
  }

  /** Fetches when it is due, or nothing usable is known. Does not throw. */
  async refresh(): Promise<ProviderState> {
    const age = this.time() - (this.known?.at ?? Number.NEGATIVE_INFINITY)
    if (this.usable() === undefined || this.finding !== undefined || age >= this.question.refreshMinutes * 60_000)
      await this.askOnce()
    return { available: this.usable() !== undefined, findings: this.findings() }
  }

  protected usable(): IdentityProviderMetadata | undefined {
    const until = this.known?.metadata.validUntil
    return until !== undefined && until <= this.question.now() ? undefined : this.known?.metadata
  }

  private findings(): string[] {
    const { validUntil, findings = [] } = this.known?.metadata ?? {}
    return [
      ...(this.finding === undefined ? [] : [this.finding]),
      ...(this.endsSoon() ? [`the metadata that is used holds until ${validUntil!.toISOString()}`] : []),
      ...findings,
    ]
  }

  /** Who publishes it sets a later date long before the end; a file stays as it is until somebody replaces it. */
  private endsSoon(): boolean {
    if (this.holds === undefined) return false
    const { until, since } = this.holds
    const enough =
      this.question.source.kind === 'file' ? defaults.certificateWarningDays[0]! * dayMs : (until - since) / 2
    return until - this.time() < enough
  }

  protected async ask(): Promise<void> {
    const { id, log, source } = this.question
    try {
      const bytes = await this.bytes()
      this.take(bytes)
      this.finding = undefined
      await this.keep(bytes)
    } catch (error) {
      this.finding = findingOf(error, source)
      log.warn('login.metadata-refused', { login: id, finding: this.finding })
      await this.takeKept()
    }
  }

  private take(bytes: Uint8Array): void {
    const { rules, signers, now } = this.question
    const metadata = parseMetadata(bytes, { ...rules, ...(signers === undefined ? {} : { signers }), now: now() })
    this.known = { metadata, at: this.time() }
    const until = metadata.validUntil?.getTime()
    if (until !== this.holds?.until) this.holds = until === undefined ? undefined : { until, since: this.time() }
  }

  private bytes(): Promise<Uint8Array> {
    const { source } = this.question
    if (source.kind === 'file') return readFile(source.path)
    const { maxBytes } = metadataLimits
    const headers = { accept: 'application/samlmetadata+xml, application/xml;q=0.9, text/xml;q=0.8' }
    return fetchLimited(source.fetch, source.url, { headers }, { maxBytes, timeoutMs })
  }

  /** Written beside and moved, so that a copy is whole or not there. */
  private async keep(bytes: Uint8Array): Promise<void> {
    const { source } = this.question
    if (source.kind !== 'url' || source.keepPath === undefined) return
    try {
      await writeFile(`${source.keepPath}.new`, bytes)
      await rename(`${source.keepPath}.new`, source.keepPath)
    } catch {
      this.finding = 'the copy of the metadata cannot be kept: see identityProvider.keepFile'
    }
  }

  /** A copy from before a restart is judged like what comes over the network. */
  private async takeKept(): Promise<void> {
    const { source } = this.question
    if (this.known !== undefined || source.kind !== 'url' || source.keepPath === undefined) return
    try {
      this.take(await readFile(source.keepPath))
    } catch {
      // There is none, or it holds no longer: as if there had never been one.
    }
  }
}

function findingOf(error: unknown, source: MetadataSource): string {
  const where = source.kind === 'file' ? source.path : source.url
  if (error instanceof SamlRefusal) return `the metadata of ${where} is refused: ${error.detail}`
  if (error instanceof FetchFailure) return `the metadata of ${where} does not come: ${error.message}`
  return `the metadata of ${where} cannot be read`
}
