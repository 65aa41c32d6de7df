/** What a request wants, as far as limits and load care. */
export interface EntryRequest {
  /** Begins a transfer, begins or ends a login, or brings the answer of an NCP; anything else belongs to a transfer. */
  readonly what: 'start' | 'login' | 'return' | 'other'
  /** `ncp/ID` or `smp/ID`; undefined for a page of no entry. */
  readonly entry?: string
}

/**
 * Reads the kind of a request off its method and path, however they are spelled: the router takes capitals, escapes and
 * HEAD for the same. A name that no entry has is the router's to refuse.
 */
export function entryRequest(method: string, path: string, entries: ReadonlySet<string>): EntryRequest {
  const [role, id, ...rest] = path
    .split('/')
    .slice(1)
    .filter((part) => part !== '')
    .map((part) => unescaped(part).toLowerCase())
  const entry = `${role}/${id}`
  if (!entries.has(entry)) return { what: 'other' }
  const below = rest.join('/')
  const isPost = method === 'POST'
  // At the NCP a link begins a transfer, too.
  if (below === '')
    return { what: isPost || (role === 'ncp' && (method === 'GET' || method === 'HEAD')) ? 'start' : 'other', entry }
  // Where other systems ask for results, the link of an applicant begins one.
  if (isPost && role === 'smp' && /^links\/[^/]+$/.test(below)) return { what: 'start', entry }
  if (isPost && below === 'return') return { what: 'return', entry }
  if (/^(login\/[^/]+|staff\/login)\/callback$/.test(below)) return { what: 'login', entry }
  if (isPost && /^(staff|transfers\/[^/]+\/(login|prove|prove-login))$/.test(below)) return { what: 'login', entry }
  return { what: 'other', entry }
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
