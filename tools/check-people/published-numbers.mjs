/**
 * The numbers that tests may use: somebody published each of them as an example or a test number.
 *
 * @type {readonly { readonly country: string, readonly value: string, readonly source: string }[]}
 */
export const publishedNumbers = [
  { country: 'BE', value: '85073003328', source: 'python-stdnum, documentation of stdnum.be.nn' },
  { country: 'BE', value: '17073003384', source: 'python-stdnum, documentation of stdnum.be.nn' },
  { country: 'BE', value: '98472899765', source: 'python-stdnum, documentation of stdnum.be.bis' },
  { country: 'CN', value: '11010519491231002X', source: 'GB 11643-1999, the example of the standard' },
  { country: 'DK', value: '070761-4285', source: 'CPR-kontoret, "Personnummeret i CPR", page 10' },
  { country: 'FI', value: '131052-308T', source: 'dvv.fi, "Personal identity code", the example of the register' },
  { country: 'FI', value: '010516B903X', source: 'dvv.fi, list of fictional people for the new signs of the century' },
  {
    country: 'HR',
    value: '69435151530',
    source: 'documentation of the Croatian tax administration, as test suites quote it',
  },
  { country: 'IT', value: 'RSSMRA85T10A562S', source: 'pagoPA, public tests of io-sign (the invented Mario Rossi)' },
  { country: 'NL', value: '111222333', source: 'python-stdnum, documentation of stdnum.nl.bsn' },
  { country: 'NO', value: '05068907693', source: 'Sweden Connect technical framework, examples of prid' },
  { country: 'PL', value: '44051401359', source: 'python-stdnum, documentation of stdnum.pl.pesel' },
  { country: 'SE', value: '191212121212', source: 'Skatteverket, test person Tolvan Tolvansson' },
  { country: 'SE', value: '197010632391', source: 'Skatteverket, SKV M 2010:3, example of a coordination number' },
]
