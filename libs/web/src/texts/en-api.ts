import type { ReasonCode } from '@emrex-gateway/core'

type ApiCode = Extract<
  ReasonCode,
  | 'USER_DECLINED'
  | `LINK_${string}`
  | 'REQUEST_EXPIRED'
  | 'REQUEST_DELETED'
  | 'REQUEST_WITHDRAWN'
  | 'REQUEST_UNKNOWN'
  | 'REQUEST_PENDING'
  | 'REQUEST_CLOSED'
  | 'ORDER_CONFLICT'
  | `API_${string}`
  | 'PURPOSE_FORBIDDEN'
>

/** The words about the ends of a request, and about refused calls of the import API; a part of `enProblems`. */
export const enApiProblems = {
  'problem.USER_DECLINED.title': 'You declined',
  'problem.USER_DECLINED.what': 'You decided not to share your results. Nothing was sent.',
  'problem.USER_DECLINED.next': 'Whoever asked is told that you declined, and nothing else. You can close this page.',

  'problem.LINK_UNKNOWN.title': 'This link is not known',
  'problem.LINK_UNKNOWN.what': 'Nobody was given this link. Perhaps a part of the address is missing.',
  'problem.LINK_UNKNOWN.next':
    'Copy the whole address from the message that you got, or ask whoever sent it for another link.',

  'problem.LINK_USED.title': 'This link was used already',
  'problem.LINK_USED.what': 'A link works once, and this one was used or replaced.',
  'problem.LINK_USED.next':
    'Go on in the browser where you opened it. If that is gone, ask whoever sent the link for another one.',

  'problem.REQUEST_EXPIRED.title': 'This request is over',
  'problem.REQUEST_EXPIRED.what': 'The time for this request ran out. Nothing was sent after that.',
  'problem.REQUEST_EXPIRED.next': 'Ask whoever sent you the link whether they still need your results.',

  'problem.REQUEST_DELETED.title': 'This request was deleted',
  'problem.REQUEST_DELETED.what': 'This request and everything that belonged to it were deleted.',
  'problem.REQUEST_DELETED.next': 'If you still need it, ask whoever sent you the link.',

  'problem.REQUEST_WITHDRAWN.title': 'These results are not asked for any more',
  'problem.REQUEST_WITHDRAWN.what': 'Whoever asked for them does not do so any more. Nothing was sent.',
  'problem.REQUEST_WITHDRAWN.next': 'Ask whoever sent you the link whether they still need your results.',

  'problem.REQUEST_UNKNOWN.title': 'There is no such request',
  'problem.REQUEST_UNKNOWN.what': 'No request with this number was made with your key.',
  'problem.REQUEST_UNKNOWN.next': 'Check the number, and whether the key belongs to the system that made the request.',

  'problem.REQUEST_PENDING.title': 'There is no result yet',
  'problem.REQUEST_PENDING.what': 'The applicant has not sent the results yet.',
  'problem.REQUEST_PENDING.next': 'Ask again later, or wait for the event that tells of it.',

  'problem.REQUEST_CLOSED.title': 'This request is closed',
  'problem.REQUEST_CLOSED.what': 'This cannot be done with the request any more.',
  'problem.REQUEST_CLOSED.next': 'Its status says how it ended. Make a new request if you still need the results.',

  'problem.ORDER_CONFLICT.title': 'This key belongs to another order',
  'problem.ORDER_CONFLICT.what': 'The same key came with another order before.',
  'problem.ORDER_CONFLICT.next': 'Send a fresh key with each new order, and the same one only to repeat an order.',

  'problem.API_KEY_REFUSED.title': 'The key is missing or not known',
  'problem.API_KEY_REFUSED.what': 'This call needs a key that is known here.',
  'problem.API_KEY_REFUSED.next':
    'Send the key in the header that the documentation names. Ask the operator if you have none.',

  'problem.API_TOO_MANY_CALLS.title': 'This key called too often',
  'problem.API_TOO_MANY_CALLS.what': 'The key has used up its calls for now. Nothing was read or changed.',
  'problem.API_TOO_MANY_CALLS.next':
    'Wait for the seconds that the answer names, then call again. To learn of changes, take the events.',

  'problem.API_SCOPE_MISSING.title': 'The key does not allow this',
  'problem.API_SCOPE_MISSING.what': 'Your key is known, but not for this call.',
  'problem.API_SCOPE_MISSING.next': 'Ask the operator for a key that allows it.',

  'problem.PURPOSE_FORBIDDEN.title': 'This purpose does not allow that',
  'problem.PURPOSE_FORBIDDEN.what': 'You asked for more than the purpose allows.',
  'problem.PURPOSE_FORBIDDEN.next': 'Look up the purposes of your key, and ask for what one of them names.',
} as const satisfies Readonly<Record<`problem.${ApiCode}.${'title' | 'what' | 'next'}`, string>>

/** The pages on which an applicant answers a request of another system, the reminder, and what callers alone are told; a part of `en`. */
export const enApi = {
  'api.call.malformed': 'The call holds something that we cannot read.',
  'api.call.malformed-next':
    'Correct what `errors` names, and look at the OpenAPI document. Nothing was made or changed.',
  'api.call.large-next': 'Send less in one call. An order needs no more than the OpenAPI document names.',
  'api.call.withdrawn-next': 'Ask the operator about the purpose, or make a new request for another one.',
  'api.call.over-next': 'Make a new request if you still need the results.',
  'api.link.title': '{{asker}} asks for your study results',
  'api.link.intro':
    'You can fetch them from your university or school with a login there. They are sent only if you agree at the end.',
  'api.link.accept': 'Fetch my results',
  'api.link.decline': 'Decline',
  'api.link.decline-what': 'If you decline, nothing is sent, and {{asker}} is told that you declined.',
  'api.link.once': 'This link works once, in this browser.',
  'api.ask.title': 'What is asked for',
  'api.ask.asker': 'Who asks',
  'api.ask.purpose': 'What for',
  'api.ask.fields': 'What is sent',
  'api.ask.whole': 'Everything in the signed document, with the document itself',
  'api.ask.kept': 'How long it is kept here',
  'api.ask.days_one': '{{count}} day at most, then it is deleted',
  'api.ask.days_other': '{{count}} days at most, then it is deleted',
  'api.ask.basis': 'On what basis',
  'api.field.learner-name': 'Your name',
  'api.field.learner-birth-date': 'Your date of birth',
  'api.field.institution': 'The name and country of the institution',
  'api.field.degree-title': 'The title of each degree',
  'api.field.degree-level': 'The level of each degree',
  'api.field.degree-date': 'The date of each degree',
  'api.field.credits-total': 'The sum of your credits',
  'api.field.results': 'Each course with its code, credits, grade and date',
  'api.field.document': 'The whole signed document',
  'api.start.title': 'Results for {{title}}',
  'api.start.what': 'You come here by a link from the organisation that needs your results.',
  'api.start.next': 'If you have such a link, open it. If it does not work, ask whoever sent it for another one.',
  'api.review.intro': 'This is what {{ncp}} sent. Check it; below it stands what of it goes to {{asker}}.',
  'api.review.check-doubt': 'The document seems to be about you. {{asker}} is told what is not quite the same.',
  'api.review.leaves': 'What goes to {{asker}}',
  'api.review.only': 'Nothing else of the document leaves. The rest is deleted when you agree.',
  'api.review.accept': 'Send this to {{asker}}',
  'api.review.decline': 'Do not send anything',
  'api.importing.title': 'Your answer is being sent',
  'api.given.title': 'Your results were sent to {{asker}}',
  'api.given.what': 'They came from {{ncp}} and were checked. {{asker}} can read them now.',
  'api.given.kept_one': 'They are kept here for {{count}} day at most. {{asker}} can delete them earlier.',
  'api.given.kept_other': 'They are kept here for {{count}} days at most. {{asker}} can delete them earlier.',
  'api.given.receipt': 'Number of the request',
  'api.given.close': 'You can close this page.',
  'api.ended.again': 'If you want to try again, ask {{asker}} for another link.',
  'api.reminder.subject': '{{asker}} still waits for your study results',
  'api.reminder.text_one':
    '{{asker}} asked for your study results ({{purpose}}). There is {{count}} day left.\n\nThis link works once:\n{{link}}\n\nYou are free to decline, on the page behind the link. If you answered already, ignore this message.\n',
  'api.reminder.text_other':
    '{{asker}} asked for your study results ({{purpose}}). There are {{count}} days left.\n\nThis link works once:\n{{link}}\n\nYou are free to decline, on the page behind the link. If you answered already, ignore this message.\n',
} as const satisfies Readonly<Record<string, string>>
