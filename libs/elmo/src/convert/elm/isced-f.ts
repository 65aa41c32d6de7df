/** The detailed fields of ISCED-F 2013. */
const detailed = (
  '0011 0021 0031 0111 0112 0113 0114 0188 0211 0212 0213 0214 0215 0221 0222 0223 0231 0232 0288 0311 0312 0313 0314 ' +
  '0321 0322 0388 0411 0412 0413 0414 0415 0416 0417 0421 0488 0511 0512 0521 0522 0531 0532 0533 0541 0542 0588 0611 ' +
  '0612 0613 0688 0711 0712 0713 0714 0715 0716 0721 0722 0723 0724 0731 0732 0788 0811 0812 0821 0831 0841 0888 0911 ' +
  '0912 0913 0914 0915 0916 0917 0921 0922 0923 0988 1011 1012 1013 1014 1015 1021 1022 1031 1032 1041 1088 9999'
).split(' ')

const narrow = [...new Set(detailed.map((code) => code.slice(0, 3)))]
const broad = [...new Set(detailed.map((code) => code.slice(0, 2)))]

/** Every code: broad, narrow and detailed fields, and those that end in 0 (not further defined) or 9 (not elsewhere). */
const codes: ReadonlySet<string> = new Set([
  ...detailed,
  ...narrow.flatMap((code) => [code, `${code}0`, `${code}9`]),
  ...broad.flatMap((code) => [code, `${code}0`, `${code}00`, `${code}9`, `${code}99`]),
])

/** Whether a text is a code of ISCED-F 2013; producers write other classifications there too. */
export const isIscedF = (code: string): boolean => codes.has(code)
