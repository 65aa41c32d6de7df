/** One way in which registers write a letter of another alphabet, or one with a mark, in A to Z. Keys are upper case. */
export interface Transliteration {
  readonly letters: Readonly<Record<string, string>>
  /** Applied before the letters: what stands together is written together. */
  readonly groups?: readonly (readonly [RegExp, string])[]
}

/** What all tables share; a table's own entries come first. Marks on other letters are simply dropped. */
const plainLatin = {
  ...{ Æ: 'AE', Œ: 'OE', Ø: 'O', Å: 'A', Ð: 'D', Đ: 'D', Ł: 'L', Þ: 'TH', ß: 'SS', ẞ: 'SS', Ħ: 'H', ı: 'I' },
  ...{ Ŋ: 'N', Ŧ: 'T', Ĳ: 'IJ', ĸ: 'Q', Ə: 'A' },
}

const latinTables: readonly Transliteration[] = [
  { letters: {} },
  // Spec: ICAO Doc 9303-3, section 6.A.
  { letters: { Å: 'AA', Ä: 'AE', Ö: 'OE', Ø: 'OE', Ü: 'UE' } },
  // Southern Slavic and Icelandic habits.
  { letters: { Đ: 'DJ', Ð: 'DH' } },
]

const greekLetters = {
  ...{ Α: 'A', Β: 'V', Γ: 'G', Δ: 'D', Ε: 'E', Ζ: 'Z', Η: 'I', Θ: 'TH', Ι: 'I', Κ: 'K', Λ: 'L', Μ: 'M', Ν: 'N' },
  ...{ Ξ: 'X', Ο: 'O', Π: 'P', Ρ: 'R', Σ: 'S', Τ: 'T', Υ: 'Y', Φ: 'F', Χ: 'CH', Ψ: 'PS', Ω: 'O' },
}

const greekTables: readonly Transliteration[] = [
  // Spec: ISO 843:1997 type 2 (ELOT 743, transcription), as passports use it.
  {
    letters: greekLetters,
    groups: [
      [/(?<=[ΑΕΗ])[ΥΎ](?=[ΘΚΞΠΣΤΦΧΨ ]|$)/g, 'F'],
      [/(?<=[ΑΕΗ])[ΥΎ]/g, 'V'],
      [/Ο[ΥΎ]/g, 'OU'],
      [/(?<![^ ])ΜΠ|ΜΠ(?![^ ])/g, 'B'],
      [/ΓΓ/g, 'NG'],
      [/Γ(?=[ΞΧ])/g, 'N'],
    ],
  },
  // Spec: ISO 843:1997 type 1, letter by letter.
  { letters: greekLetters, groups: [[/(?<=[ΑΕΟ])[ΥΎ]/g, 'U']] },
]

const cyrillicLetters = {
  ...{ А: 'A', Б: 'B', В: 'V', Г: 'G', Д: 'D', Е: 'E', Ё: 'E', Ж: 'ZH', З: 'Z', И: 'I', І: 'I', Й: 'I', К: 'K' },
  ...{ Л: 'L', М: 'M', Н: 'N', О: 'O', П: 'P', Р: 'R', С: 'S', Т: 'T', У: 'U', Ф: 'F', Х: 'KH', Ц: 'TS', Ч: 'CH' },
  ...{ Ш: 'SH', Щ: 'SHCH', Ы: 'Y', Ъ: 'IE', Ь: '', Э: 'E', Ю: 'IU', Я: 'IA', Ґ: 'G', Ў: 'U', Є: 'IE', Ї: 'I' },
  ...{ Ѓ: 'GJ', Ђ: 'D', Ѕ: 'DZ', Ј: 'J', Ќ: 'KJ', Љ: 'LJ', Њ: 'NJ', Ћ: 'C', Џ: 'DJ' },
}

const cyrillic = (own: Readonly<Record<string, string>>): Transliteration => ({
  letters: { ...cyrillicLetters, ...own },
})
const yStyle = { Й: 'Y', Ю: 'YU', Я: 'YA' }

const cyrillicTables: readonly Transliteration[] = [
  // Spec: ICAO Doc 9303-3, section 6.B: Russian; Belarusian and Ukrainian; Serbian.
  cyrillic({}),
  cyrillic({ Г: 'H', Ё: 'IO' }),
  cyrillic({ Г: 'H', И: 'Y' }),
  cyrillic({ Ж: 'Z', Х: 'H', Ц: 'C', Ч: 'C', Ш: 'S', Џ: 'DZ' }),
  cyrillic({ Ж: 'Z', Х: 'H', Ц: 'C', Ч: 'C', Ш: 'S', Џ: 'DZ', Ђ: 'DJ' }),
  // Macedonian passports.
  cyrillic({ Х: 'H', Ц: 'C' }),
  // Ukrainian passports (resolution 55 of 2010): some letters differ at the beginning of a word.
  {
    letters: { ...cyrillicLetters, Г: 'H', И: 'Y' },
    groups: [
      [/ЗГ/g, 'ZGH'],
      [/(?<![^ ])Є/g, 'YE'],
      [/(?<![^ ])Ї/g, 'YI'],
      [/(?<![^ ])Й/g, 'Y'],
      [/(?<![^ ])Ю/g, 'YU'],
      [/(?<![^ ])Я/g, 'YA'],
    ],
  },
  // Bulgarian law on transliteration of 2009: -ИЯ at the end of a word is IA.
  {
    letters: { ...cyrillicLetters, ...yStyle, Х: 'H', Щ: 'SHT', Ъ: 'A', Ь: 'Y' },
    groups: [[/ИЯ(?![^ ])/g, 'IA']],
  },
  // English habit for Russian names (BGN/PCGN without marks).
  cyrillic({ ...yStyle, Ъ: '' }),
  cyrillic({ ...yStyle, Ё: 'YO', Ъ: '' }),
  // Spec: ISO 9:1995, marks dropped.
  cyrillic({ Ж: 'Z', Й: 'J', Х: 'H', Ц: 'C', Ч: 'C', Ш: 'S', Щ: 'S', Ъ: '', Э: 'E', Ю: 'U', Я: 'A' }),
]

/** Every table; a value without letters of a table's alphabet comes out the same from several of them. */
export const transliterations: readonly Transliteration[] = [...latinTables, ...greekTables, ...cyrillicTables].map(
  (table) => ({ ...table, letters: { ...plainLatin, ...table.letters } }),
)
