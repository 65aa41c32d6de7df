import type { GradingScheme } from '../../model.js'
import { pointer } from '../loss-report.js'
import { localScheme } from './elm-assessment.js'
import type { ElmAt, ElmReading } from './elm-reading.js'

/** The identifier of one kind that an object has; ELMO has no place for any other, which are named. */
export function identifierOf(at: ElmAt, kind: string, reading: ElmReading): string | undefined {
  let found: string | undefined
  for (const each of reading.many(at, 'identifier')) {
    const isMeant = found === undefined && reading.aside().text(each, 'schemeName') === kind
    if (isMeant) found = reading.text(each, 'notation')
    if (!isMeant || found === undefined) reading.report.add('ELM_NOT_READ', each.path)
    reading.skipAll(each)
  }
  return found
}

/** The grading schemes of one report. Those that share a name and say different things get names of their own. */
export class ReadSchemes {
  readonly #byContent = new Map<string, GradingScheme>()
  /** Names that are taken, with how often each was wanted. */
  readonly #wanted = new Map<string, number>()

  get list(): GradingScheme[] {
    return [...this.#byContent.values()]
  }

  /** The local identifier of a scheme. */
  read(at: ElmAt, reading: ElmReading): string {
    const title = reading.first(at, 'title')?.value
    const identifier = identifierOf(at, localScheme, reading)
    const titlePlace = pointer(at.path, 'title')
    if (identifier !== undefined && title !== undefined && title !== identifier) {
      reading.report.add('ELM_NOT_READ', titlePlace)
    }
    const name = identifier ?? title ?? ''
    const description = reading.texts(at, 'description')
    const key = JSON.stringify([name, description])
    const known = this.#byContent.get(key)
    const localId = known?.localId ?? this.#free(name)
    if (known === undefined) {
      this.#byContent.set(key, { localId, ...(description.length === 0 ? {} : { description }) })
    }
    if (localId !== name) {
      reading.report.add('VALUE_REWRITTEN', identifier === undefined ? titlePlace : pointer(at.path, 'identifier'))
    }
    return localId
  }

  #free(name: string): string {
    let count = this.#wanted.get(name) ?? 0
    let free = name
    do free = ++count === 1 ? name : `${name} (${count})`
    while (this.#wanted.has(free))
    this.#wanted.set(name, count)
    if (free !== name) this.#wanted.set(free, 1)
    return free
  }
}
