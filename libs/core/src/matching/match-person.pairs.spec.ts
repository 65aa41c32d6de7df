import { matchPerson, type MatchVerdict } from './match-person.js'

/** Invented people; both always share a birth date. Given name, family name, of either side. */
type Pair = readonly [given: string, family: string, otherGiven: string, otherFamily: string, verdict: MatchVerdict]

const samePerson: readonly Pair[] = [
  ['Jörg', 'Müller', 'JOERG', 'MUELLER', 'same'],
  ['Jörg', 'Müller', 'Jorg', 'Muller', 'same'],
  ['Zoë', 'Größler', 'ZOE', 'GROESSLER', 'same'],
  ['Pål', 'Øvergård', 'Paal', 'Oevergaard', 'same'],
  ['Pål', 'Øvergård', 'Pal', 'Overgard', 'same'],
  ['Łucja', 'Wiśniewska-Żak', 'LUCJA', 'WISNIEWSKA ZAK', 'same'],
  ['Đurđa', 'Šćepanović', 'Djurdja', 'Scepanovic', 'same'],
  ['Guðrún', 'Þórsdóttir', 'Gudrun', 'Thorsdottir', 'same'],
  ['Ayşe Gül', 'Yıldırım', 'AYSE GUL', 'YILDIRIM', 'same'],
  ['Ștefan', 'Țurcanu', 'Stefan', 'Turcanu', 'same'],
  ['Siobhán', 'O’Dálaigh', 'Siobhan', "O'Dalaigh", 'same'],
  ['Sanne', 'van der Veen', 'Sanne', 'Veen', 'same'],
  ['Sanne', 'Veen, van der', 'Sanne', 'van der Veen', 'same'],
  ['Khalid', 'Al-Harbi', 'Khalid', 'Alharbi', 'same'],
  ['Γιώργος', 'Παπαδόπουλος', 'Giorgos', 'Papadopoulos', 'same'],
  ['Ευαγγελία', 'Μπουρνάζου', 'Evangelia', 'Bournazou', 'same'],
  ['Дмитрий', 'Щукин', 'Dmitrii', 'Shchukin', 'same'],
  ['Юлия', 'Ясенева', 'Yuliya', 'Yaseneva', 'same'],
  ['Григорій', 'Яценко', 'Hryhorii', 'Yatsenko', 'same'],
  ['Ђорђе', 'Живковић', 'Đorđe', 'Živković', 'same'],
  ['Георги', 'Щерев', 'Georgi', 'Shterev', 'same'],
  ['Анна Мария', 'Йорданова', 'Anna', 'Yordanova', 'same'],
  ['Marie-Claire', 'Dubois', 'Marie Claire Odile', 'DUBOIS', 'same'],
  ['María del Carmen', 'Prado', 'Maria Carmen', 'Prado', 'same'],
  ['John A.', 'Smith', 'John Andrew', 'Smith', 'doubt'],
  ['Mª José', 'Prado', 'María José', 'Prado', 'doubt'],
  ['ʿAlī', 'Ḥasan', 'Ali', 'Hasan', 'same'],
  ['ＡＮＮＡ', 'ＫＩＭ', 'Anna', 'Kim', 'same'],
  ['Anna Zofia', 'Lis', 'Zofia Anna', 'Lis', 'same'],
  ['María', 'García y López', 'Maria', 'García López', 'same'],
  ['María', 'García López', 'Maria', 'García', 'doubt'],
  ['Jörg', 'Müller', 'Jorg', 'Mueller', 'same'],
  ['Åke', 'Löfström', 'Aake', 'Lofstroem', 'doubt'],
  ['Minh Anh', 'Nguyen', 'Nguyen', 'Minh Anh', 'doubt'],
  ['Sukarno', '-', 'Sukarno', 'XXX', 'doubt'],
  ['Sukarno', '', 'Sukarno', 'Sukarno', 'doubt'],
  ['Ewa', 'Kowalczyk', 'Ewa', 'Nowakowska', 'doubt'],
]

/** None may be `same`. */
const otherPerson: readonly Pair[] = [
  ['Anna', 'Hansen', 'Anne', 'Hansen', 'different'],
  ['Erik', 'Johansson', 'Eric', 'Johansson', 'different'],
  ['Maria', 'Kowalska', 'Marta', 'Kowalska', 'different'],
  ['Ivan', 'Novak', 'Ivana', 'Novak', 'doubt'],
  ['Jonas', 'Berg', 'Lukas', 'Berg', 'different'],
  ['Lena', 'Vogel', 'Lea', 'Vogel', 'doubt'],
  ['Олена', 'Коваль', 'Олег', 'Коваль', 'different'],
  ['Νίκος', 'Αλεξίου', 'Νίκη', 'Αλεξίου', 'different'],
  ['Do', 'Van', 'Van', 'Le', 'different'],
  ['Jia Le', 'Wang', 'Jia Yi', 'Wang', 'different'],
  ['Xiao De', 'Li', 'Xiao Le', 'Li', 'different'],
  ['Thi Le', 'Nguyen', 'Thi Lan', 'Nguyen', 'different'],
  ['Thi Do', 'Tran', 'Thi Le', 'Tran', 'different'],
  ['Ivan', 'Martin', 'Martin', 'Novak', 'different'],
  ['-', 'Novak', '', 'Horvat', 'different'],
  ['', '', '', '', 'different'],
]

describe('matchPerson on pairs of names', () => {
  const match = ([given, family, otherGiven, otherFamily]: Pair) => {
    const facts = (names: { given: string; family: string }) => ({
      names: [names],
      birthDate: '2001-02-03',
      identifiers: [],
    })
    return matchPerson(facts({ given, family }), facts({ given: otherGiven, family: otherFamily }))
  }

  it.each(samePerson)('knows %s %s in %s %s, or asks', (...pair) => {
    expect(match(pair).verdict).toBe(pair[4])
  })

  it.each(otherPerson)('never takes %s %s for %s %s', (...pair) => {
    expect(match(pair).verdict).toBe(pair[4])
    expect(match(pair).verdict).not.toBe('same')
  })

  it('says when a way of writing letters had to be used', () => {
    expect(match(samePerson[0]!).reasons).toContain('transliterated')
    expect(match(['Ane', 'Vik', 'ANE', 'vik', 'same']).reasons).not.toContain('transliterated')
  })
})
