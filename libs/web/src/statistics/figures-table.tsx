/** Figures as a table; where it is wider than the window, it can be moved, with keys too. */
export function FiguresTable(props: {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly foot?: readonly string[]
}) {
  const { caption, head, rows, foot } = props
  const line = (cells: readonly string[]) => (
    <tr key={cells[0]}>
      <th scope="row">{cells[0]}</th>
      {cells.slice(1).map((cell, at) => (
        <td key={at}>{cell}</td>
      ))}
    </tr>
  )
  return (
    <div class="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table class="figures">
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows.map(line)}</tbody>
        {foot && <tfoot>{line(foot)}</tfoot>}
      </table>
    </div>
  )
}
