/** One row: number, number of the whole, code, title, credits, grade. */
export type ExpectedRow = readonly [number, number | null, string | null, string, string | null, string | null]

/** The rows that each story of the town must leave in the student system at home. */
export const expectedImports: Readonly<Record<string, readonly ExpectedRow[]>> = {
  ordinary: [
    [1, null, 'S1Inf1>ALG', 'Algorytmy i struktury danych', '6', '4.5'],
    [2, null, 'S1Inf1>BAZ', 'Bazy danych', '5', '5.0'],
    [3, null, 'PL-101', 'Język polski dla cudzoziemców', '4', '4.0'],
  ],
  'some-of-them': [[1, null, 'S1Inf1>BAZ', 'Bazy danych', '5', '5.0']],
  // Zero stays zero.
  'zero-credits': [
    [1, null, 'SIG-01', 'Sigurnost u laboratoriju', '0', '5'],
    [2, null, 'BIO-210', 'Biologija mora', '6', '4'],
  ],
  // Nothing said stays nothing.
  'no-credits': [
    [1, null, '5BI001', 'Gästföreläsningar i botanik', null, 'G'],
    [2, null, '5BI010', 'Växtfysiologi', '15', 'VG'],
  ],
  'half-credits': [
    [1, null, '5HI020', 'Nordisk historia', '7.5', 'VG'],
    [2, null, '5HI021', 'Skrivarverkstad', '1.5', 'G'],
  ],
  'missing-code': [
    [1, null, null, 'Praktyka zawodowa', '5', '5.0'],
    [2, null, 'S1Eko1>MIK', 'Mikroekonomia', '6', '3.5'],
  ],
  modules: [
    [1, null, '5FY030', 'Experimentell fysik', '15', 'VG'],
    [2, 1, '0001', 'Skriftlig tentamen', null, 'VG'],
    [3, 1, '0002', 'Laborationer', null, 'G'],
    [4, null, '5FY031', 'Optik', '7.5', 'G'],
  ],
  'failed-and-in-progress': [[1, null, 'SPL100-1', 'Sykepleiens grunnlag', '10', 'B']],
  'two-degrees': [
    [1, null, 'S1-EKO', 'Ekonomia, studia pierwszego stopnia', null, null],
    [2, 1, 'S1Eko1>MAK', 'Makroekonomia', '6', '4.0'],
    [3, 1, 'S1Eko3>LIC', 'Praca licencjacka', '10', '5.0'],
    [4, null, 'S2-STA', 'Statystyka, studia drugiego stopnia', null, null],
    [5, 4, 'S2Sta2>MAG', 'Praca magisterska', '20', '4.5'],
  ],
  diacritics: [
    [1, null, 'ARH-330', 'Povijest arhitekture', '4', '5'],
    [2, null, 'ARH-331', 'Kamen i more', '5', '4'],
  ],
  twin: [[1, null, 'GEO201-1', 'Bregeologi', '10', 'A']],
  'large-attachment': [[1, null, 'GLA-100', 'Klapsko pjevanje', '3', '5']],
  'two-universities': [
    [1, null, 'MAT111-1', 'Kalkulus', '10', 'C'],
    [2, null, 'HMS0507', 'Helse, miljø og sikkerhet', '0', 'Bestått'],
    [3, null, 'MUS140-1', 'Hardingfele', '7.5', 'A'],
  ],
  'strange-titles': [
    [1, null, 'ODD0', "=cmd|' /C calc'!A0", '1', null],
    [2, null, 'ODD1', `Robert'); DROP TABLE study_result;-- "quoted"`, '1', null],
    [3, null, 'ODD2', 'Right \u202Eot tfel\u202C and עברית', '1', null],
    [4, null, 'ODD3', 'Ancient letters 𐍈𐌰 and 😀', '1', null],
    [5, null, 'ODD4', '<script>alert(1)</script> &amp; <b>bold</b>', '1', null],
  ],
}
