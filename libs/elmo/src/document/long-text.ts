/** From how many bytes on a text is only read when somebody asks for it. */
export const longText = 64 * 1024

/**
 * Gives an object a property whose text is made on first use and then kept. It is the object's own and enumerable, so that
 * copies, comparisons and JSON see a text like any other; a long attachment that nobody looks at costs nothing.
 */
export function addLazyText(holder: Record<string, unknown>, property: string, make: () => string): void {
  const settle = (value: unknown): void => {
    Object.defineProperty(holder, property, { value, writable: true, enumerable: true, configurable: true })
  }
  Object.defineProperty(holder, property, {
    enumerable: true,
    configurable: true,
    get: () => {
      const text = make()
      settle(text)
      return text
    },
    set: settle,
  })
}
