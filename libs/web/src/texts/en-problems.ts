import type { ReasonCode } from '@emrex-gateway/core'
import { enApiProblems } from './en-api.js'

/** What a person reads when a transfer, or a request, ends: what happened, and whose move it is or what to do next. */
type ProblemTexts = Readonly<Record<`problem.${ReasonCode}.${'title' | 'what' | 'next'}`, string>>

/** The words about every way to end; a part of `en`. */
export const enProblems = {
  'problem.COMPLETED.title': 'Your results have been handed over',
  'problem.COMPLETED.what': 'Your browser carried your results to where you wanted them.',
  'problem.COMPLETED.next': 'You can close this page. The university that received them decides what counts.',

  'problem.NO_RESULTS.title': 'There are no results to send',
  'problem.NO_RESULTS.what': 'The login worked, but there are no results of yours to send.',
  'problem.NO_RESULTS.next':
    'If you expected results, ask the university where you took the courses whether they are registered. Then try again.',

  'problem.USER_CANCEL.title': 'You cancelled',
  'problem.USER_CANCEL.what': 'You stopped before the end. No results were sent.',
  'problem.USER_CANCEL.next': 'You can start again whenever you like.',

  'problem.USER_GONE.title': 'This took too long',
  'problem.USER_GONE.what': 'Nothing happened here for a while. We closed the transfer to keep your data safe.',
  'problem.USER_GONE.next': 'Nothing was sent on or taken over after that. Please start again from the beginning.',

  'problem.WRONG_INSTITUTION.title': 'That is your own university',
  'problem.WRONG_INSTITUTION.what': 'You chose the university that your results would go to. It has them already.',
  'problem.WRONG_INSTITUTION.next': 'Please go back and choose the other university, where you took the courses.',

  'problem.LOGIN_FAILED.title': 'The login did not work',
  'problem.LOGIN_FAILED.what': 'The login service did not confirm who you are. No results were sent.',
  'problem.LOGIN_FAILED.next': 'Please start again. If it fails once more, choose another login if there is one.',

  'problem.LOGIN_EXPIRED.title': 'The login has expired',
  'problem.LOGIN_EXPIRED.what': 'The login was no longer valid when it reached us. No results were sent.',
  'problem.LOGIN_EXPIRED.next':
    'Please try again without a break. If it fails once more, choose another login if there is one.',

  'problem.LOGIN_TOO_WEAK.title': 'A stronger login is needed',
  'problem.LOGIN_TOO_WEAK.what': 'The login you used is not strong enough for study results.',
  'problem.LOGIN_TOO_WEAK.next': 'Please start again with a stronger one, such as your national electronic ID.',

  'problem.LOGIN_UNAVAILABLE.title': 'The login is not available',
  'problem.LOGIN_UNAVAILABLE.what': 'The login service does not answer at the moment. You did nothing wrong.',
  'problem.LOGIN_UNAVAILABLE.next': 'Please try again later, or choose another login if there is one.',

  'problem.ID_INSUFFICIENT.title': 'We need to know more about you',
  'problem.ID_INSUFFICIENT.what': 'Your login did not tell us enough to find your results safely.',
  'problem.ID_INSUFFICIENT.next':
    'Please start again with another login, such as your national electronic ID or the login of your university.',

  'problem.ID_NOT_FOUND.title': 'We did not find you',
  'problem.ID_NOT_FOUND.what': 'The login worked, but no student there fits it.',
  'problem.ID_NOT_FOUND.next':
    'Perhaps you were registered under another name or number. Try another login, or ask the student office there.',

  'problem.ID_AMBIGUOUS.title': 'More than one student fits',
  'problem.ID_AMBIGUOUS.what': 'We found more than one student who could be you. We do not guess.',
  'problem.ID_AMBIGUOUS.next': 'Please ask the student office of that university; it can put the records right.',

  'problem.ID_MISMATCH.title': 'This belongs to somebody else, it seems',
  'problem.ID_MISMATCH.what':
    'A name, birth date or identity number differs from your login. Nothing was shown or used.',
  'problem.ID_MISMATCH.next':
    'Please start again and log in as yourself. If a name has changed or a date is wrong, ask the student office for help.',

  'problem.NCP_ERROR.title': 'The other university reported an error',
  'problem.NCP_ERROR.what': 'The university that has your results could not send them.',
  'problem.NCP_ERROR.next': 'You did nothing wrong. Please try again later, or ask that university.',

  'problem.NCP_UNKNOWN.title': 'That university is not in the list',
  'problem.NCP_UNKNOWN.what': 'We do not know the service you chose. Perhaps it has left the network.',
  'problem.NCP_UNKNOWN.next': 'Please go back and choose from the list.',

  'problem.REGISTRY_STALE.title': 'There is no list of universities',
  'problem.REGISTRY_STALE.what': 'We could not read the list of universities.',
  'problem.REGISTRY_STALE.next': 'We have to mend this; you did nothing wrong. Please try again later.',

  'problem.SIGNATURE_MISSING.title': 'The results are not signed',
  'problem.SIGNATURE_MISSING.what':
    'The results came without a digital signature. So nobody can tell if they are real.',
  'problem.SIGNATURE_MISSING.next':
    'The university that sent them has to mend this; you did nothing wrong. Tell it the reference number.',

  'problem.SIGNATURE_BAD.title': 'The signature of the results does not fit',
  'problem.SIGNATURE_BAD.what': 'The results were changed on the way, or somebody else signed them.',
  'problem.SIGNATURE_BAD.next': 'We did not import them. Please start again; if it happens again, ask that university.',

  'problem.SIGNATURE_WEAK.title': 'The signature of the results is too weak',
  'problem.SIGNATURE_WEAK.what': 'The results were signed in a way that is no longer safe.',
  'problem.SIGNATURE_WEAK.next':
    'The university that sent them has to mend this; you did nothing wrong. Tell it the reference number.',

  'problem.CERT_UNKNOWN.title': 'We do not know who signed the results',
  'problem.CERT_UNKNOWN.what': 'The list of universities does not know the signature of these results.',
  'problem.CERT_UNKNOWN.next': 'Often the list is only a little behind. Please try again later; we look into it.',

  'problem.DOC_TOO_LARGE.title': 'The results are too large',
  'problem.DOC_TOO_LARGE.what': 'The document with your results is larger than we can take.',
  'problem.DOC_TOO_LARGE.next': 'Please choose fewer results, or ask your student office for another way.',

  'problem.DOC_MALFORMED.title': 'The results cannot be read',
  'problem.DOC_MALFORMED.what': 'The document with your results arrived damaged.',
  'problem.DOC_MALFORMED.next': 'Please start again; if it happens again, ask the university that sent it.',

  'problem.DOC_SCHEMA.title': 'The results have an unknown form',
  'problem.DOC_SCHEMA.what': 'The document with your results does not have the agreed form.',
  'problem.DOC_SCHEMA.next': 'The two universities have to sort this out; you did nothing wrong. We look into it.',

  'problem.DUPLICATE.title': 'This document came before',
  'problem.DUPLICATE.what': 'This very document was handed over before. Nothing is imported twice.',
  'problem.DUPLICATE.next':
    'You need not do anything. If your record lacks these results, fetch them once more: you get a new document.',

  'problem.STALE_DOC.title': 'These results are too old',
  'problem.STALE_DOC.what': 'The document with your results was not made just now.',
  'problem.STALE_DOC.next': 'Please start again to fetch fresh results.',

  'problem.SIS_DOWN.title': 'The student records are not available',
  'problem.SIS_DOWN.what': 'The system with the student records gives no usable answer now.',
  'problem.SIS_DOWN.next': 'You did nothing wrong. Please try again later.',

  'problem.SIS_FORBIDS.title': 'The student records give us nothing',
  'problem.SIS_FORBIDS.what': 'The system with the student records may not tell us about you.',
  'problem.SIS_FORBIDS.next': 'Trying again will not help. Please ask the student office there; it can tell you why.',

  'problem.SIS_REJECTED.title': 'The student records did not take the results',
  'problem.SIS_REJECTED.what': 'Your results arrived, but the student records system refused them.',
  'problem.SIS_REJECTED.next': 'The student office has to look at this. Ask it, and give the reference number.',

  'problem.NEEDS_STAFF.title': 'A person will look at your results',
  'problem.NEEDS_STAFF.what': 'Your results arrived. Something in them needs a human eye before they count.',
  'problem.NEEDS_STAFF.next': 'It is the student office’s move now. You need not do anything.',

  'problem.STAFF_REFUSED.title': 'Your results were not accepted',
  'problem.STAFF_REFUSED.what': 'The student office looked at your results and did not accept them.',
  'problem.STAFF_REFUSED.next': 'Please ask the student office for the reason. You can start again after that.',

  'problem.RECEIVER_REFUSED.title': 'We do not send results there',
  'problem.RECEIVER_REFUSED.what': 'We may not send results to the address that asked for them.',
  'problem.RECEIVER_REFUSED.next': 'Nothing was sent. Please tell the university or service that you came from.',

  'problem.REQUEST_MALFORMED.title': 'We did not understand the request',
  'problem.REQUEST_MALFORMED.what': 'The page you came from sent us something that we cannot read.',
  'problem.REQUEST_MALFORMED.next': 'You did nothing wrong. Please tell the university or service that you came from.',

  'problem.ANSWER_MALFORMED.title': 'We did not understand the answer',
  'problem.ANSWER_MALFORMED.what': 'The university with your results answered something that we cannot read.',
  'problem.ANSWER_MALFORMED.next': 'You did nothing wrong. Please start again; if it happens again, ask for help.',

  'problem.BODY_TOO_LARGE.title': 'That was too much at once',
  'problem.BODY_TOO_LARGE.what': 'The message that arrived is larger than we can take.',
  'problem.BODY_TOO_LARGE.next': 'Please choose fewer results, or ask your student office for another way.',

  'problem.SESSION_UNKNOWN.title': 'We are not waiting for this',
  'problem.SESSION_UNKNOWN.what':
    'A login or results arrived for a transfer unknown to us. Perhaps it was closed long ago.',
  'problem.SESSION_UNKNOWN.next': 'We kept nothing of it. Please start again from the beginning.',

  'problem.CASE_EXPIRED.title': 'This case is over',
  'problem.CASE_EXPIRED.what': 'Nobody dealt with these results in time. What we held of them was deleted.',
  'problem.CASE_EXPIRED.next': 'Please ask the student office. You can fetch your results again.',
  'problem.SESSION_REPLAYED.title': 'This was used already',
  'problem.SESSION_REPLAYED.what': 'The same message arrived a second time. It counts once, and that was before.',
  'problem.SESSION_REPLAYED.next': 'Nothing is lost. Look where your transfer stands, and go on from there.',

  'problem.SESSION_CLOSED.title': 'You are not fetching these results any more',
  'problem.SESSION_CLOSED.what':
    'You had stopped or chosen another university before these results came. We did not read or keep them.',
  'problem.SESSION_CLOSED.next': 'You need not do anything. If you want the results after all, start again.',

  'problem.OTHER_BROWSER.title': 'This was started in another browser',
  'problem.OTHER_BROWSER.what': 'A transfer goes on only in the browser where it began. This protects your results.',
  'problem.OTHER_BROWSER.next':
    'Go back to that browser, or start again in this one. If you did not change browsers, please allow cookies here.',

  'problem.FORM_STALE.title': 'This page was too old',
  'problem.FORM_STALE.what': 'What you sent did not come from our current page. We did nothing with it.',
  'problem.FORM_STALE.next': 'Please go back, reload the page and try again.',

  'problem.TRANSFER_CHANGED.title': 'This went on in another window',
  'problem.TRANSFER_CHANGED.what': 'The transfer changed while this page was open, perhaps in another tab.',
  'problem.TRANSFER_CHANGED.next': 'Please reload the page to see where it stands now.',

  'problem.TRANSFER_UNKNOWN.title': 'This transfer is over',
  'problem.TRANSFER_UNKNOWN.what': 'We do not know this transfer. It has ended, or the address is not complete.',
  'problem.TRANSFER_UNKNOWN.next': 'Please start again from the beginning.',

  'problem.STAFF_ONLY.title': 'This page is for staff',
  'problem.STAFF_ONLY.what': 'Your login does not say that you may see this page.',
  'problem.STAFF_ONLY.next': 'If you should, ask the administrator of this service.',

  'problem.STAFF_SESSION_OVER.title': 'You are logged out',
  'problem.STAFF_SESSION_OVER.what': 'Your time on the pages for staff is over. It ends by itself, to keep data safe.',
  'problem.STAFF_SESSION_OVER.next':
    'A decision that you pressed just now did not count. Every case is where it was: log in again from the start.',

  'problem.PAGE_UNKNOWN.title': 'There is no such page',
  'problem.PAGE_UNKNOWN.what': 'The address does not lead anywhere here. Perhaps a letter is missing.',
  'problem.PAGE_UNKNOWN.next': 'Please check the address, or go back to the page you came from.',

  'problem.TOO_MANY_REQUESTS.title': 'Too many requests came from where you are',
  'problem.TOO_MANY_REQUESTS.what': 'This often happens when many people share one connection. Nothing was lost.',
  'problem.TOO_MANY_REQUESTS.next': 'Please wait a few minutes and try again. A transfer that you began goes on then.',

  'problem.BUSY.title': 'We are busy at the moment',
  'problem.BUSY.what': 'More people than usual want to fetch results right now. Nothing was lost.',
  'problem.BUSY.next': 'Please try again in a minute. A transfer that you began goes on then.',

  'problem.STORE_UNAVAILABLE.title': 'We cannot reach your transfer just now',
  'problem.STORE_UNAVAILABLE.what': 'The place where we keep transfers does not answer. Nothing is lost.',
  'problem.STORE_UNAVAILABLE.next': 'You did nothing wrong. Please try again in a minute; you go on where you were.',

  ...enApiProblems,

  'problem.INTERNAL.title': 'Something went wrong on our side',
  'problem.INTERNAL.what': 'This is our fault, not yours. What happened has been noted.',
  'problem.INTERNAL.next': 'Please try again later. If you ask for help, give the reference number.',
} as const satisfies ProblemTexts
