/** Licences of parts that may be in what is given away: permissive ones, and our own. */
const allowed: ReadonlySet<string> = new Set([
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'EUPL-1.2', 'ISC', 'MIT', 'MIT-0'],
  // Of argparse: the licence of Python 2.0, permissive.
  'Python-2.0',
])

/** Parts whose manifest names no licence in a form that can be read; what their own licence file says. */
const readByHand: Readonly<Record<string, string>> = {
  busboy: 'MIT',
  streamsearch: 'MIT',
  'prelude-ls': 'MIT',
  'png-js': 'MIT',
  // Bitstream Vera and Arev: free to use, embed and pass on, not to be sold by themselves.
  'dejavu-fonts-ttf': 'MIT',
}

export interface Part {
  readonly name: string
  readonly purl: string
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string }
    readonly expression?: string
  }[]
}

/** What a part says about its licence; empty where it says nothing. */
const saidBy = ({ licenses = [] }: Part): string =>
  licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name).join(' AND ')

/** Whether an expression of SPDX can be met by allowed licences: one side of each OR, every side of each AND. */
const isAllowed = (expression: string): boolean =>
  expression.split(' AND ').every((each) =>
    each
      .replaceAll(/[()]/g, '')
      .split(' OR ')
      .some((one) => allowed.has(one)),
  )

/** The parts whose licence is not allowed, each with what it says. */
export const notAllowed = (parts: readonly Part[]): readonly string[] =>
  parts
    .filter((part) => !isAllowed(readByHand[nameOf(part)] ?? saidBy(part)))
    .map((part) => `${nameOf(part)}: ${saidBy(part) || 'no licence'}`)

/** Name as in a registry; of a workspace, `name` is only its folder. */
export const nameOf = ({ purl }: Part): string =>
  decodeURIComponent(purl.replace('pkg:npm/', '')).replace(/@[^@]+$/, '')
