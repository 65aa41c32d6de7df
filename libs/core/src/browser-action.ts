/**
 * What the browser, with the person in it, shall do next. A step of a login or of a role answers with such data;
 * one file in `libs/web` turns it into HTTP.
 */
export type HandOff =
  | { readonly kind: 'redirect'; readonly url: string }
  | {
      readonly kind: 'post'
      readonly url: string
      readonly fields: Readonly<Record<string, string>>
      /**
       * Origins that the form may end at, for the page's `form-action`. Absent: the page carries no `form-action`, because
       * an NCP or a login redirects on to places that we cannot know, and browsers apply the directive to redirects.
       */
      readonly formOrigins?: readonly string[]
    }

/**
 * A plain question that a login may ask on one of our pages: pick one of the options. The answer is posted to `url`
 * as the fields of `fields` plus `field` = the value of the option.
 */
export interface Choice {
  readonly kind: 'choice'
  readonly url: string
  readonly title: string
  readonly intro?: string
  readonly field: string
  readonly fields: Readonly<Record<string, string>>
  readonly options: readonly { readonly value: string; readonly label: string; readonly detail?: string }[]
  /** The value of `field` that says "I do not want to"; absent when the login cannot be cancelled here. */
  readonly cancelValue?: string
}

export type BrowserAction = HandOff | Choice

/** What a step of a role answers with: an action, a page of the role as plain data, or "look at the transfer again". */
export type Step<Page> =
  BrowserAction | { readonly kind: 'page'; readonly page: Page } | { readonly kind: 'hub'; readonly transferId: string }
