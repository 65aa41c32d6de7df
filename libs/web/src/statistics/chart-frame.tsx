import type { ComponentChildren } from 'preact'

export const chartWidth = 360

/** A chart that is read out as its title and description. Nothing in it needs a script or a style of its own. */
export function ChartFrame(props: {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly height: number
  readonly children: ComponentChildren
}) {
  const { id, title, description, height, children } = props
  return (
    <div class="chart">
      <svg
        viewBox={`0 0 ${chartWidth} ${height}`}
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-desc`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-desc`}>{description}</desc>
        {children}
      </svg>
    </div>
  )
}
