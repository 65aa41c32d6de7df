/** Every word of ours in the PDF of a receipt. */
export const enReceipt = {
  documentTitle: (number: string) => `Receipt ${number}`,
  headings: {
    sent: 'Receipt: results that were sent',
    imported: 'Receipt: results that were imported',
    'handed-over': 'Receipt: results that were handed over',
    given: 'Receipt: results that were given to a system',
  },
  acts: {
    sent: 'The results were sent to the receiver named below. Whether it took them over, only the receiver can say.',
    imported: 'The results were taken over into the record.',
    'handed-over': 'The results were handed over. Which of them are recorded is decided there.',
    given: 'The results were given to the system that asked for them.',
  },
  number: 'Receipt number',
  at: 'When',
  from: 'From',
  to: 'To',
  content: 'What',
  institution: (name: string, results: number) => `${name}: ${results} ${results === 1 ? 'result' : 'results'}`,
  extents: {
    complete: 'all that the institution has',
    selection: 'a selection',
    partial: 'not all that the institution has',
    error: 'the institution could not give its results',
  },
  ects: 'ECTS credits in total',
  attachments: 'Attachments',
  basis: 'On what basis',
  hash: 'SHA-256 of the document',
  bytes: 'Size of the document in bytes',
  issuer: 'Who gives this receipt',
  signed:
    'This PDF holds the signed receipt as an attached file. Anybody can check it without asking the issuer: emrex receipt verify, or any program that reads JSON Web Signatures, with the certificate of the issuer. It names no person, no result and no grade.',
  unsigned: 'This receipt is not signed; it names no person, no result and no grade.',
  qr: (number: string) => `The receipt number, ${number}`,
  fileDescription: 'The receipt for programs',
}
