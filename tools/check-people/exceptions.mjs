/**
 * What looks like a number and is nobody's, and why that is known.
 *
 * @type {readonly { readonly country: string, readonly value: string, readonly reason: string }[]}
 */
export const exceptions = [
  { country: 'DK', value: '121212-1212', reason: 'the Swedish test number without its century, read as a Danish one' },
  {
    country: 'DK',
    value: '701063-2391',
    reason: 'a published Swedish number without its century, read as a Danish one',
  },
  {
    country: 'FI',
    value: '131052A308T',
    reason: 'the Finnish example with the sign of a century that has yet to come to it',
  },
  { country: 'HR', value: '45068907693', reason: 'the Norwegian example made a D-number, which an OIB happens to fit' },
  { country: 'IT', value: 'RSSMRA85T10A56NH', reason: 'the Italian example with its last digit written as a letter' },
  { country: 'IT', value: 'RSSMRAURTMLARSNL', reason: 'the Italian example with all its digits written as letters' },
  { country: 'SE', value: '0707614285', reason: 'the Danish example, read as a Swedish number' },
]
