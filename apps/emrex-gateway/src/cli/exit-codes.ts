/** Exit codes of the command line. 78 is EX_CONFIG of sysexits. */
export const exitCodes = { ok: 0, refused: 1, usage: 2, settings: 78 } as const
