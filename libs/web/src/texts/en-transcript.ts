/** Texts around the readable transcript; those inside it are in `libs/transcript`. */
export const enTranscript = {
  'transcript.link': 'Transcript as PDF',
  'ncp.preview.transcript': 'The same, for people to read. It is part of what will be sent.',
  'smp.review.transcript':
    'What arrived, for you to read and keep, with who signed it. When you have decided, we no longer have it.',
  'staff.transcript': 'What arrived, to read and to print, with who signed it and how that was checked.',
  'by-hand.file.transcript-pdf':
    'The whole transcript, to read, to print and to file, with who signed it, how that was checked, and the signed document inside.',
}
