const labels = new Set([
  ...['f', 'fx', 'u', 'em', 'ig', '00', '-3', 'fail', 'failed', 'not passed', 'fail (f)'],
  ...['ikke bestått', 'ikke bestået', 'ej godkänd', 'icke godkänd', 'underkänd', 'underkänt', 'hyl', 'hyl.', 'hylätty'],
  ...['nicht bestanden', 'nicht ausreichend', 'niezaliczone', 'niedostateczny', 'nzal', 'onvoldoende', 'non superato'],
])

/** Labels that stand for a failure where they are used, and for no pass anywhere that we know. */
export const isFailingLabel = (label: string): boolean => labels.has(label.trim().toLowerCase())
