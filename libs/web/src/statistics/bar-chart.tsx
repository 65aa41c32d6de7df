import { outcomes, type Outcome } from '@emrex-gateway/core'
import { scaleBand, scaleLinear } from 'd3-scale'
import { ChartFrame, chartWidth } from './chart-frame.js'

const rowHeight = 36
const longestLabel = 46

export interface Bar {
  readonly label: string
  readonly total: number
  /** What the bar is made of; one of a single colour where absent. */
  readonly parts?: Readonly<Partial<Record<Outcome, number>>>
}

/** Bars below their labels, so that a long name has room on a phone too. */
export function BarChart(props: {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly bars: readonly Bar[]
  readonly format: (value: number) => string
}) {
  const { bars, format } = props
  const y = scaleBand(
    bars.map((_, at) => at),
    [0, bars.length * rowHeight],
  )
  const x = scaleLinear([0, Math.max(1, ...bars.map(({ total }) => total))], [0, chartWidth])
  return (
    <ChartFrame {...props} height={bars.length * rowHeight + 2}>
      {bars.map(({ label, total, parts }, at) => {
        let from = 0
        return (
          <g key={label} transform={`translate(0 ${y(at)})`}>
            <text x="0" y="14">
              {label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label}
            </text>
            <text x={chartWidth} y="14" text-anchor="end">
              {format(total)}
            </text>
            <rect class="ground" x="0" y="20" width={chartWidth} height="11" />
            {parts === undefined && <rect class="series series-reached" x="0" y="20" width={x(total)} height="11" />}
            {outcomes.map((outcome) => {
              const value = parts?.[outcome] ?? 0
              if (value === 0) return null
              const start = from
              from += value
              return (
                <rect
                  key={outcome}
                  class={`series series-${outcome}`}
                  x={x(start)}
                  y="20"
                  width={x(from) - x(start)}
                  height="11"
                />
              )
            })}
          </g>
        )
      })}
    </ChartFrame>
  )
}
