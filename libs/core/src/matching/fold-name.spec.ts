import { foldName, isBlankName, normaliseName } from './fold-name.js'

describe('normaliseName', () => {
  it('writes capitals by rules that no locale changes, without apostrophes, dots and doubled blanks', () => {
    expect(normaliseName("  O’Hara-d'Este  jr. ")).toBe('OHARA DESTE JR')
    expect(normaliseName('istanbul')).toBe('ISTANBUL')
  })

  it.each([
    ['Ａｎｎａ　Ｏ＇Ｈａｒａ', 'ANNA OHARA'],
    ['Mª', 'MA'],
    ['ﬁona', 'FIONA'],
    ['ʿAbd ʾIlāh', 'ABD ILĀH'],
    ['O´Hara', 'OHARA'],
    ['Anna ¨ Vik', 'ANNA VIK'],
    ['Goŀl', 'GOLL'],
    ['İrem', 'İREM'],
  ])('writes %s in plain letters: %s', (name, plain) => {
    expect(normaliseName(name)).toBe(plain)
  })

  it('takes composed and decomposed letters for one', () => {
    expect(normaliseName('A\u030ase')).toBe(normaliseName('Åse'))
  })
})

describe('foldName', () => {
  it.each([
    ['Øvergård', ['OVERGARD', 'OEVERGAARD']],
    ['Đorđe', ['DORDE', 'DJORDJE']],
    ['Sigríður Ðóra', ['SIGRIDUR DORA', 'SIGRIDHUR DHORA']],
    ['Größe', ['GROSSE', 'GROESSE']],
    ['Łódź Æbelø Çağrı', ['LODZ AEBELO CAGRI', 'LODZ AEBELOE CAGRI']],
  ])('writes %s as ICAO 9303, plainly and as its region does', (name, foldings) => {
    expect([...foldName(name)].sort()).toEqual([...foldings].sort())
  })

  it.each([
    ['Μαυρουδής Χρήστος', 'MAVROUDIS CHRISTOS'],
    ['Ευθυμίου', 'EFTHYMIOU'],
    ['Αγγέλου', 'ANGELOU'],
    ['Λαΐου', 'LAIOU'],
    ['Ταΰγετος', 'TAYGETOS'],
    ['Щербина', 'SHCHERBINA'],
    ['Зиновій Згурський', 'ZYNOVII ZGHURSKYI'],
    ['Їжакевич', 'YIZHAKEVYCH'],
    ['Љубица Џонић', 'LJUBICA DZONIC'],
    ['Ѓорѓи Ќосев', 'GJORGJI KJOSEV'],
    ['Мария', 'MARIA'],
    ['Мария', 'MARIYA'],
    ['Юрий', 'IURII'],
  ])('knows %s as %s', (name, latin) => {
    expect(foldName(name)).toContain(latin)
  })

  it('keeps letters of an alphabet that no table knows', () => {
    expect(foldName('王 小明')).toEqual(['王 小明'])
  })
})

describe('isBlankName', () => {
  it.each(['', ' ', '-', '.', 'X', 'xxx', 'FNU', 'n.n.'])('takes %j for no name', (name) => {
    expect(isBlankName(name)).toBe(true)
  })

  it.each(['Xi', 'Max', 'Ó', '王'])('takes %j for a name', (name) => {
    expect(isBlankName(name)).toBe(false)
  })
})
