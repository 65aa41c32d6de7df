import { jest } from '@jest/globals'

/** Runs a command that ends by itself: its exit code, and what it said. */
export async function saidBy(command: () => Promise<number>): Promise<{ code: number; text: string }> {
  const texts: string[] = []
  const keep = (text: unknown) => texts.push(String(text)) > 0
  const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation(keep))
  try {
    return { code: await command(), text: texts.join('') }
  } finally {
    spies.forEach((spy) => spy.mockRestore())
  }
}
