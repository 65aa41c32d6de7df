/** 0: done, valid, verified. 1: the document is not. 2: wrong usage, or a file that cannot be read or written. */
export const exitCodes = { ok: 0, refused: 1, usage: 2 } as const
