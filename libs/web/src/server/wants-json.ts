/** Does an `Accept` header ask for JSON and not for pages? Browsers always ask for HTML. */
export function wantsJson(accept: string | undefined): boolean {
  const types = (accept ?? '').split(',').map((part) => part.split(';', 1)[0]?.trim().toLowerCase() ?? '')
  return types.some((type) => /^application\/(.+\+)?json$/.test(type)) && !types.includes('text/html')
}
