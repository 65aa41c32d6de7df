/** For numbers that people read aloud and type: without those that are taken for one another, 0 O, 1 I L, U. */
export const readableLetters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
