/** What our metadata says besides keys and addresses; all of it comes from the settings. Texts are by language. */
export interface PublishedFacts {
  readonly displayName: Readonly<Record<string, string>>
  readonly description: Readonly<Record<string, string>>
  readonly informationUrl: Readonly<Record<string, string>>
  readonly privacyUrl: Readonly<Record<string, string>>
  /** Such as entity categories. */
  readonly entityAttributes: Readonly<Record<string, readonly string[]>>
  /** eIDAS: here, where the request does not say it. */
  readonly spType?: 'public' | 'private'
  readonly organisation?: { readonly name: string; readonly url: string }
  readonly contacts: readonly { readonly type: 'technical' | 'support' | 'administrative'; readonly email: string }[]
  /** How long a copy of it may be kept; absent: it does not say. */
  readonly validDays?: number
}
