import { createInstance, type i18n } from 'i18next'
import { en } from './en.js'
import { pseudoLanguage, pseudoText } from './pseudo-text.js'

type Texts = typeof en
type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type Placeholder<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Placeholder<Rest> : never
type PlaceholderOf<Key extends string> =
  | Placeholder<Texts[Extract<keyof Texts, Key | `${Key}_${PluralForm}`>]>
  | (`${Key}_other` extends keyof Texts ? 'count' : never)

/** Name of a text. A text with plural forms (`x_one`, `x_other`) is named without them and takes `count`. */
export type TextKey = keyof Texts extends infer Key ? (Key extends `${infer Base}_${PluralForm}` ? Base : Key) : never

/** The values that a text has places for. */
export type TextValues<Key extends TextKey> = {
  readonly [Name in PlaceholderOf<Key>]: Name extends 'count' ? number : string | number
}

/** Gives a text in one language. A missing or unknown value does not compile. Nothing is escaped: preact does that. */
export type Translate = <Key extends TextKey>(
  key: Key,
  ...values: [PlaceholderOf<Key>] extends [never] ? [] : [TextValues<Key>]
) => string

const languages = { en } as const satisfies Record<string, Readonly<Record<keyof Texts, string>>>

/** Languages that pages can be shown in, the first one being the fallback. */
export const offeredLanguages: readonly string[] = Object.keys(languages)

let shared: i18n | undefined

/** By language and key, what texts without places are: a page has dozens of them, and they are always the same. */
const withoutPlaces = new Map(offeredLanguages.map((language) => [language, new Map<string, string>()]))

/**
 * The texts of one language; a language that we do not have gives English.
 *
 * Guaranteed: a value is put in as it is, even when it looks like a placeholder or a reference to another text.
 */
export function translator(language: string): Translate {
  shared ??= load()
  const t = shared.getFixedT(language)
  const known = withoutPlaces.get(language)
  return (key, ...[values]) => {
    if (values === undefined) {
      const text = known?.get(key) ?? t(key)
      known?.set(key, text)
      return text
    }
    const places: Readonly<Record<string, string | number>> = values
    return t(key, { replace: places, ...('count' in places ? { count: Number(places['count']) } : {}) })
  }
}

function load(): i18n {
  const instance = createInstance()
  const pseudo = Object.fromEntries(Object.entries(en).map(([key, text]) => [key, pseudoText(text)]))
  void instance.init({
    initAsync: false,
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(
      Object.entries({ ...languages, [pseudoLanguage]: pseudo }).map(([name, texts]) => [name, { translation: texts }]),
    ),
  })
  return instance
}
