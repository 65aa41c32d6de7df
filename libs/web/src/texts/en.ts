import { enApi } from './en-api.js'
import { enCases } from './en-cases.js'
import { enProblems } from './en-problems.js'
import { enReceipts } from './en-receipts.js'
import { enSecondProof } from './en-second-proof.js'
import { enSources } from './en-sources.js'
import { enStatistics } from './en-statistics.js'
import { enTranscript } from './en-transcript.js'

/**
 * Every word of every page, in English. One flat list; `{{name}}` is a place for a value; `x_one` and `x_other` are plural
 * forms (such a name has no other underscore).
 */
export const en = {
  // site: the frame of every page, and the parts that pages are made of
  'site.document-title': '{{title}} – {{site}}',
  'site.skip': 'Skip to the content',
  'site.footer':
    'EMREX takes study results from one university to another. Nothing is sent unless the student says so.',
  'site.there-is-a-problem': 'There is a problem',
  'site.check.passed': 'OK',
  'site.check.failed': 'Not OK',
  'site.check.doubt': 'A person must look',
  'site.filter-count': '{shown} of {{total}} shown',
  'site.result.title': 'Course or degree',
  'site.result.part-of': '(part of {{title}})',
  'site.result.code': 'Code',
  'site.result.credits': 'Credits',
  'site.result.grade': 'Grade',
  'site.result.date': 'Date',
  'site.result.status': 'Status',
  'site.reference': 'Reference number',
  'site.reference-hint': 'If you ask for help, give this number. It says nothing about you.',
  'site.home': 'Back to the start',
  'site.see-transfer': 'See where your transfer stands',

  // hand-off: the page that carries a message to another site
  'hand-off.title': 'You are being sent on',
  'hand-off.intro': 'You go on to {{host}}. If nothing happens, press the button.',
  'hand-off.button': 'Continue',

  // choice: a question that a login asks
  'choice.filter': 'Search in this list',
  'choice.cancel': 'Cancel',

  // proof and link: people whose login does not suffice
  ...enSecondProof,
  ...enSources,

  // problem: one row per way to end
  ...enProblems,

  // login: the logins that a person can choose from, and leaving them
  'login.search': 'Search for a country or a login',
  'login.kind.student': 'Student logins',
  'login.kind.federation': 'Logins of universities',
  'login.kind.eid': 'Electronic identity of a country',
  'login.kind.demo': 'Logins for demonstrations',
  'login.serves': 'Finds you at {{list}}',
  'login.needs-number': 'You will also need your student number.',
  'login.down': 'Not available at the moment',
  'login.others': 'Or choose another login',
  'login.left-title': 'You are logged out',
  'login.left': 'The login was left. You can close this page.',
  'login.not-left-title': 'You may still be logged in',
  'login.not-left':
    'The login did not confirm that you are logged out. On a device that others use, close all windows of the browser.',
  'login.none': 'No login that is set up here can find you. Please tell the university.',
  'login.out': 'Log out of {{login}}',
  'login.out-intro': 'You may still be logged in at {{login}}. On a device that others use, log out there too.',

  // document: an ELMO document, wherever it is shown
  'document.name': 'Name',
  'document.other-name': 'Name in another script',
  'document.birth-name': 'Family name at birth',
  'document.birth-date': 'Date of birth',
  'document.birth-place': 'Place of birth',
  'document.birth-country': 'Country of birth',
  'document.citizenship': 'Citizenship',
  'document.gender': 'Gender',
  'document.gender.0': 'Not known',
  'document.gender.1': 'Male',
  'document.gender.2': 'Female',
  'document.gender.9': 'Not applicable',
  'document.address': 'Address',
  'document.national-id': 'National identity number',
  'document.esi': 'European Student Identifier',
  'document.ects': 'ECTS credits in total',
  'document.attachments': 'Attachments',
  'document.attachment': 'Attachment',
  'document.attachment-size': '{{title}} ({{size}})',
  'document.status.passed': 'Passed',
  'document.status.failed': 'Failed',
  'document.status.in-progress': 'In progress',

  // ncp: pages of the role that gives results
  'ncp.cancel': 'Cancel and go back',
  'ncp.receiver.title': 'Where do your results go?',
  'ncp.receiver.unknown-title': 'This receiver is not on our list',
  'ncp.receiver.unknown':
    'A website asked for your study results. We do not know it. Go on only if you came from this address yourself and trust it.',
  'ncp.receiver.address': 'Address of the receiver',
  'ncp.receiver.address-ascii': 'The same address in technical spelling',
  'ncp.receiver.confirm': 'I know this address and I want to send my results there.',
  'ncp.receiver.continue': 'Continue to login',
  'ncp.login.title': 'Log in at {{title}}',
  'ncp.login.intro': 'Log in, so that we can find your results at {{title}}.',
  'ncp.login.failed': 'The login did not work',
  'ncp.login.cancelled': 'You stopped the login',
  'ncp.login.again-intro': 'Nothing was sent. You can try again, or go back to where you came from.',
  'ncp.login.again': 'Try the login again',
  'ncp.select.title': 'Choose your results',
  'ncp.select.intro':
    'Untick what you do not want to send to {{receiver}}. In the next step you see exactly what will be sent.',
  'ncp.select.whole-title': 'Everything or nothing',
  'ncp.select.whole':
    '{{receiver}} takes all your results or none of them. Look at the list; you can still cancel, and nothing is sent. In the next step you see exactly what will be sent.',
  'ncp.select.unread-title': 'An attachment could not be read',
  'ncp.select.unread': 'Try again, or go on without: {{titles}}',
  'ncp.select.without-unread': 'Go on without the attachments that cannot be read',
  'ncp.select.parts': 'A result is always sent together with its parts.',
  'ncp.select.gaps-title': 'Something is missing',
  'ncp.select.preview': 'Show what will be sent',
  'ncp.preview.title': 'Check what will be sent',
  'ncp.preview.intro': 'This is everything that will be sent. It is signed already; nothing is added later.',
  'ncp.preview.receiver': 'Receiver',
  'ncp.preview.requested-at': 'Requested',
  'ncp.preview.to': 'Who gets it',
  'ncp.preview.what': 'What is sent',
  'ncp.preview.send': 'Send to {{receiver}}',
  'ncp.preview.back': 'Change my choice',
  'ncp.sent.title': 'Your results were handed over',
  'ncp.sent.what': 'Your browser carried your results to {{receiver}}. You can close this page.',
  'ncp.sent.again-intro':
    'Did nothing happen at {{receiver}}? For some minutes you can hand over the same results again. They count once.',
  'ncp.sent.again': 'Hand over again',
  'ncp.sent.gone': 'We no longer hold a copy of what was sent.',
  'ncp.answering.institutions': 'We looked at: {{list}}.',
  'ncp.answering.return': 'Back to {{receiver}}',
  'ncp.select.nothing-chosen': 'Choose at least one result, or cancel.',

  // smp: pages of the role that fetches results, for students and staff
  'smp.cancel': 'Stop here',
  'smp.start.title': 'Fetch results from another university',
  'smp.start.step-login': 'You log in here, at {{title}}.',
  'smp.start.step-abroad': 'You choose the other university, log in there and choose your results.',
  'smp.start.step-back': 'You come back here with your results. We check them and put them into your record.',
  'smp.start.time': 'It takes about three minutes. You need your login for the other university.',
  'smp.start.button': 'Start',
  'smp.start.staff': 'For staff: open cases',
  'smp.login.title': 'Log in at {{title}}',
  'smp.login.failed': 'The login did not work',
  'smp.login.cancelled': 'You stopped the login',
  'smp.login.again-intro': 'Nothing has happened yet. You can try again.',
  'smp.login.again': 'Try the login again',
  'smp.choose.title': 'Where are your results?',
  'smp.choose.intro':
    'Choose the university where you got your results. You will go to its website and come back here by yourself.',
  'smp.choose.search': 'University or country',
  'smp.choose.search-button': 'Search',
  'smp.choose.found': 'Found for “{{query}}”',
  'smp.choose.nothing': 'We found nothing for “{{query}}”. Try another spelling, or the name in English.',
  'smp.choose.all': 'Show all',
  'smp.choose.own': 'This is where you are now. Choose the university where you were as a guest.',
  'smp.choose.go': 'Go to {{name}}',
  'smp.choose.serves': 'For results from: {{list}}',
  'smp.choose.stale': 'Our list of universities is older than it should be. A new one may be missing.',
  'smp.choose.empty': 'Our list of universities is empty at the moment. Please try again later.',
  'smp.waiting.title': 'Waiting for your results',
  'smp.waiting.what': 'You went to {{ncp}}. When you have sent your results there, you come back here by yourself.',
  'smp.waiting.again-intro': 'Lost the page, or nothing happened? You can go there again.',
  'smp.waiting.again': 'Go to {{ncp}} again',
  'smp.waiting.other': 'Choose another university',
  'smp.review.title': 'Your results have arrived',
  'smp.review.intro': 'This is what {{ncp}} sent. Check it and take it into your record.',
  'smp.review.checks': 'What we checked',
  'smp.review.check-signature': 'The document was signed by {{ncp}} and not changed since.',
  'smp.review.check-person': 'The document is about you.',
  'smp.review.results': 'Your results',
  'smp.review.technical': 'Technical details',
  'smp.review.signer': 'Certificate: {{subject}}, valid until {{until}}',
  'smp.review.notices': 'Remarks on how the document was sent: {{list}}',
  'smp.review.accept': 'Take these results into my record',
  'smp.staff-wait.title': 'A person will look at this',
  'smp.staff-wait.what':
    'The document from {{ncp}} is genuine, but we are not sure enough to import it without a person looking at it.',
  'smp.staff-wait.next':
    'Our staff decide; for a day after that, this page says how, in this browser. You need not do anything and may close it.',
  'smp.importing.title': 'Your results are being imported',
  'smp.importing.first': 'This takes a moment. The page renews itself.',
  'smp.importing.again':
    'This takes longer than usual. Your results are safe; we keep trying by ourselves. You may close this page.',
  'smp.importing.refresh': 'Look again',
  'smp.imported.title': 'Your results are in your record',
  'smp.imported.what_one': '{{count}} result from {{ncp}} was imported.',
  'smp.imported.what_other': '{{count}} results from {{ncp}} were imported.',
  'smp.passed-on.title': 'Your university has your results',
  'smp.passed-on.what_one':
    '{{count}} result from {{ncp}} was handed over to the student system of {{title}}. Whether it is recorded is decided there; this page does not learn of it.',
  'smp.passed-on.what_other':
    '{{count}} results from {{ncp}} were handed over to the student system of {{title}}. Which of them are recorded is decided there; this page does not learn of it.',
  'smp.imported.ects': 'ECTS credits in total',
  'smp.imported.receipt': 'Number in the student system',
  'smp.imported.results': 'Results',
  'smp.imported.source': 'From',
  'smp.imported.kept': 'We no longer keep the document itself.',
  'smp.imported.another': 'Fetch more results',
  // Who stops when the results are here has sent them already.
  'smp.ended.cancelled': 'You stopped before the end. No results were taken over.',
  'smp.ended.message': 'The other university says: “{{message}}”',
  'smp.ended.fields': 'What did not fit: {{list}}',
  'smp.ended.restart': 'Start again',
  'smp.field.identifier': 'identity number',
  'smp.field.birth-date': 'date of birth',
  'smp.field.family': 'family name',
  'smp.field.given': 'given names',
  'smp.field.other': 'another detail',

  // Why a match is sure or unsure, for staff and students
  'match.identifier-shared': 'An identity number is the same.',
  'match.identifier-contradicts': 'Identity numbers of the same kind differ.',
  'match.birth-date-equal': 'The date of birth is the same.',
  'match.birth-date-partial': 'The date of birth fits only in part.',
  'match.birth-date-missing': 'One side states no date of birth.',
  'match.birth-date-different': 'The dates of birth differ.',
  'match.family-same': 'The family name is the same.',
  'match.family-part': 'One family name is a part of the other.',
  'match.family-near': 'The family names are spelled almost alike.',
  'match.family-different': 'The family names differ.',
  'match.given-same': 'The given names are the same.',
  'match.given-part': 'Some of the given names are the same.',
  'match.given-near': 'The given names are spelled almost alike.',
  'match.given-different': 'The given names differ.',
  'match.birth-family-same': 'Compared with a name at birth, the family name is the same.',
  'match.birth-family-part': 'Compared with a name at birth, one family name is a part of the other.',
  'match.birth-family-near': 'Compared with a name at birth, the family names are spelled almost alike.',
  'match.birth-family-different': 'The family names differ, also with a name at birth.',
  'match.names-swapped': 'Given and family name stand in swapped fields.',
  'match.transliterated': 'The same name, written with other letters.',
  'case.match-unsure': 'It is not certain that this is the same person.',
  'case.document-not-fresh': 'The document was not made for this request; it may be an older one.',

  // Staff
  'staff.title': 'Cases that need a decision',
  'staff.none': 'There is no open case.',
  'staff.more_one':
    'Only the {{shown}} cases that end first are shown here. {{count}} more waits, and is shown when one of these is decided.',
  'staff.more_other':
    'Only the {{shown}} cases that end first are shown here. {{count}} more wait, and are shown as soon as these are decided.',
  'staff.done.accepted': 'Accepted. The import is on its way.',
  'staff.done.duplicate': 'This very document was handed over before. Nothing is imported twice.',
  'staff.done.refused': 'Refused. A page tells the student for a day, in their browser alone: please tell them, too.',
  'staff.done.no-reason': 'Nothing was decided: please give a reason, too.',
  'staff.case': 'Case {{reference}} from {{ncp}}',
  'staff.received': 'Arrived',
  'staff.side.home': 'Here',
  'staff.side.document': 'In the document',
  'staff.side.login': 'At the login',
  'staff.name-at-birth': 'name at birth {{name}}',
  'staff.no-name': 'no name',
  'staff.no-birth-date': 'no date of birth',
  'staff.national-id-of': 'National identity number ({{country}})',
  'staff.why': 'Why a person must look',
  'staff.compared': 'How the person here and the person in the document compare',
  'staff.reason': 'Reason for your decision (no personal data, please)',
  'staff.accept': 'Same person: import',
  'staff.refuse': 'Refuse',
  'staff.failed': 'No access',

  // by-hand: cases that staff enter by hand
  ...enCases,
  ...enReceipts,
  ...enTranscript,
  ...enStatistics,

  // api: requests of other systems
  ...enApi,
} as const satisfies Readonly<Record<string, string>>
