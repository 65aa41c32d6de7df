import { outcomes, type TableRow } from '@emrex-gateway/core'
import { scaleBand, scaleLinear } from 'd3-scale'
import { stack } from 'd3-shape'
import { ChartFrame, chartWidth } from './chart-frame.js'

const height = 190
const inner = { left: 34, right: chartWidth - 4, top: 8, bottom: height - 24 }

/** Columns over time, in each the outcomes on top of one another. */
export function ColumnChart(props: {
  readonly id: string
  readonly title: string
  readonly description: string
  /** In their order, those without connections too. */
  readonly rows: readonly TableRow[]
  readonly format: (value: number) => string
}) {
  const { rows, format } = props
  const x = scaleBand(
    rows.map(({ name }) => name),
    [inner.left, inner.right],
  ).padding(0.2)
  const most = Math.max(1, ...rows.map(({ connections }) => connections))
  const y = scaleLinear([0, most], [inner.bottom, inner.top]).nice(4)
  const series = stack<TableRow, (typeof outcomes)[number]>()
    .keys(outcomes)
    .value(({ outcomes: each }, outcome) => each[outcome])([...rows])
  const every = Math.ceil(rows.length / 8)
  return (
    <ChartFrame {...props} height={height}>
      {y
        .ticks(4)
        .filter(Number.isInteger)
        .map((tick) => (
          <g key={tick}>
            <line class="grid" x1={inner.left} x2={inner.right} y1={y(tick)} y2={y(tick)} />
            <text class="axis" x={inner.left - 5} y={y(tick) + 4} text-anchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
      {series.map((one) =>
        one.map(([from, to], at) =>
          to === from ? null : (
            <rect
              key={`${one.key} ${at}`}
              class={`series series-${one.key}`}
              x={x(rows[at]!.name)}
              width={x.bandwidth()}
              y={y(to)}
              height={y(from) - y(to)}
            />
          ),
        ),
      )}
      {rows.map(({ name }, at) =>
        at % every === 0 ? (
          <text key={name} class="axis" x={x(name)! + x.bandwidth() / 2} y={height - 8} text-anchor="middle">
            {name.length > 5 ? name.slice(5) : name}
          </text>
        ) : null,
      )}
    </ChartFrame>
  )
}
