/** Exit codes of the command line. 69 and 78 are EX_UNAVAILABLE and EX_CONFIG of sysexits. */
export const exitCodes = { ok: 0, refused: 1, usage: 2, database: 69, settings: 78 } as const
