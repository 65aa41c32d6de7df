import { randomInt } from 'node:crypto'
import { readableLetters } from '@emrex-gateway/core'

const length = 27

/** 132 random bits, of which people read the beginning to a help desk (`referenceOf`). */
export const newTransferId = (): string =>
  Array.from({ length }, () => readableLetters[randomInt(readableLetters.length)]).join('')
