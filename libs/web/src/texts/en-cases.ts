/** Cases that staff enter by hand, because nobody else can write into their system. */
export const enCases = {
  'by-hand.title': 'To be entered by hand',
  'by-hand.intro':
    'These results arrived, and their signatures hold. Nobody but you can enter them into your system. The case that ends first stands first.',
  'by-hand.none': 'Nothing waits to be entered.',
  'by-hand.case': 'Case {{reference}} from {{ncp}}',
  'by-hand.open': 'Open case {{reference}}',
  'by-hand.back': 'Back to all cases',
  'by-hand.reference': 'Case number',
  'by-hand.from': 'From',
  'by-hand.remark': 'Remark',
  'by-hand.earlier': 'Came before',
  'by-hand.earlier-at': '{{date}}:',
  'by-hand.earlier-as': '{{date}}, as {{reference}}:',
  'by-hand.earlier-all': 'all of these results.',
  'by-hand.until': 'Kept until',
  'by-hand.until-what': '{{date}}. Then it is deleted, whether it was entered or not.',
  'by-hand.person': 'Your student',
  'by-hand.institution': 'University',
  'by-hand.match': 'Is it the same person?',
  'by-hand.match.same': 'Yes.',
  'by-hand.match.doubt': 'It was not certain; one of your staff decided that it is.',
  'by-hand.match.different': 'No.',
  'by-hand.signature': 'Signature',
  'by-hand.signature-holds': 'Signed by {{ncp}} and not changed since. This was checked again just now.',
  'by-hand.signature-held': 'Signed by {{ncp}} and not changed since, as checked when this file was made.',
  'by-hand.results': 'The results',
  'by-hand.files': 'Files to take along',
  'by-hand.files-intro':
    'All of them are made of the signed document. They hold personal data: keep them no longer than you must.',
  'by-hand.file.document': 'the document as it was signed, with its attachments',
  'by-hand.file.transcript': 'to read and to print',
  'by-hand.file.csv': 'the results for a spreadsheet',
  'by-hand.file.json': 'the results for a program',
  'by-hand.file.attachment': 'an attachment of the document',
  'by-hand.file.own': 'the results in the shape of your system',
  'by-hand.decide': 'When you are done',
  'by-hand.taken-what': 'You have entered the results. Everything personal of this case is then deleted here.',
  'by-hand.taken': 'Taken over',
  'by-hand.refused-what':
    'You do not enter them. Everything personal of this case is then deleted here. The student is not told by this page: please tell them yourself.',
  'by-hand.refused': 'Refused',
  'by-hand.transcript': 'Results of {{name}}',
  'by-hand.transcript-about': 'About this file',
  'by-hand.transcript-what':
    'A readable copy for work. What counts is the signed document (document.xml), which came with it.',

  'staff.none-to-decide': 'No case needs a decision.',
  'staff.done.taken': 'Taken over. Everything personal of that case was deleted.',
  'staff.done.not-taken':
    'Refused. Everything personal of that case was deleted. Please tell the student: this page cannot.',
  'staff.done.over': 'That case is over: somebody decided or closed it, or its time has run out.',

  // What a student of such a university sees
  'smp.start.step-back-by-hand':
    'You come back here with your results. We check them and hand them to our staff, who decide about them.',
  'smp.review.intro-by-hand': 'This is what {{ncp}} sent. Check it and hand it to our staff.',
  'smp.review.accept-by-hand': 'Hand these results to the staff',
  'smp.importing.title-by-hand': 'Your results are being handed over',
  'smp.handed-over.title': 'Your results were handed to the staff of {{title}}',
  'smp.handed-over.what_one':
    '{{count}} result from {{ncp}} was handed to the staff of {{title}} as case {{receipt}}. They decide; nothing is recorded yet.',
  'smp.handed-over.what_other':
    '{{count}} results from {{ncp}} were handed to the staff of {{title}} as case {{receipt}}. They decide; nothing is recorded yet.',
  'smp.handed-over.number': 'Case number',
  'smp.handed-over.next':
    'You need not do anything. Note the number: if you ask the staff, they find your results by it.',
  'smp.handed-over.kept': 'The document is kept for the staff until they have decided, and at most {{days}} days.',
} as const satisfies Readonly<Record<string, string>>
