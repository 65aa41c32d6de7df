import { randomInt } from 'node:crypto'
import { readableLetters } from '@emrex-gateway/core'

const length = 27

/** 132 random bits. People read its beginning to a help desk (`referenceOf`), so it has letters and digits that nobody confuses. */
export const newTransferId = (): string =>
  Array.from({ length }, () => readableLetters[randomInt(readableLetters.length)]).join('')
