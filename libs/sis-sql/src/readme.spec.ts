import { readFileSync } from 'node:fs'
import { viewContract, type ColumnRule } from './view-contract.js'

/** The rows of the table below a heading: the first cell of each. */
function columnsBelow(heading: string): string[] {
  const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const section = text.split(/^#+ /m).find((one) => one.startsWith(heading)) ?? ''
  return [...section.matchAll(/^\| (\**\w+\**) +\|/gm)].map(([, cell]) => cell!).filter((cell) => cell !== 'Column')
}

describe('the README', () => {
  it.each(Object.entries(viewContract))('names every column of %s, and which must be there', (view, { columns }) => {
    const expected = Object.entries<ColumnRule>(columns).map(([name, { need }]) =>
      need === 'optional' ? name : `**${name}**`,
    )
    expect(columnsBelow(`\`${view}\``)).toEqual(expected)
  })
})
