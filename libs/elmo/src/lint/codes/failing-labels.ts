import { saysFailed } from '../../meaning/grade-labels.js'

/** Grades and abbreviations. */
const labels = new Set(['f', 'fx', 'u', 'em', 'ig', '00', '-3', 'hyl', 'hyl.', 'nzal'])

/** Labels that stand for a failure where they are used, and for no pass anywhere that we know. */
export const isFailingLabel = (label: string): boolean => labels.has(label.trim().toLowerCase()) || saysFailed(label)
