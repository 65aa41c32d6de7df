/** What the ELMO document is called inside the PDF. */
export const embeddedName = 'elmo.xml'
