/** The words about second proofs, and about the links that they make; a part of `en`. */
export const enSecondProof = {
  // proof: the second proof of a person whose login does not suffice, in both roles
  'proof.ways.title': 'We need one more proof',
  'proof.ways.why': 'Your login did not tell us enough to find your record safely. You need to prove it only once.',
  'proof.number.title': 'Tell us your student number',
  'proof.number.how': 'We send a code to the e-mail address that the university has on file for that student number.',
  'proof.number.place': 'Where did you study?',
  'proof.number.field': 'Student number',
  'proof.number.field-at': 'Your student number at {{title}}',
  'proof.number.button': 'Send the code',
  'proof.login.title': 'Log in with your university account',
  'proof.login.how': 'If you still have your account there, it proves who you are.',
  'proof.code.title': 'Type the code',
  'proof.code.sent':
    'If the number fits you, a code is on its way to the e-mail address that {{title}} has on file. To protect all students, we do not say whether there is such a number, nor which address it is.',
  'proof.code.how': 'The code has six digits. It is valid for {{minutes}} minutes.',
  'proof.code.field': 'Code from the e-mail',
  'proof.code.button': 'Check the code',
  'proof.code.nothing': 'No e-mail?',
  'proof.code.nothing-why': 'Look among unwanted mail, too. Perhaps the number or the address on file is another one.',
  'proof.code.back': 'Use another number, or send another code',
  'proof.code.no-access': 'I have no access to that address',
  'proof.mistake.number': 'Fill in your student number, and say where you studied if there is a choice.',
  'proof.mistake.code': 'That is not the code. Check it and try again.',
  'proof.mistake.code-over': 'That code is no longer valid. You can send another one.',
  'proof.mistake.login': 'That login did not tell us who you are. You can try it again, or prove it in another way.',
  'proof.refused.title': 'This did not prove it',
  'proof.refused.locked':
    'There were too many tries with this login. For safety, nothing more is tried for 24 hours. This says nothing about your record.',
  'proof.refused.no-access': 'Without access to the address on file, a code cannot prove that the record is yours.',
  'proof.refused.other-login-linked':
    'Another login is connected to this record already. Please use that one, or a login with your national identity number.',
  'proof.refused.login-does-not-fit': 'That login does not prove a record that fits your first login.',
  'proof.refused.next':
    'The student office of the university can help: ask it to put your address or your number right.',
  'proof.refused.back': 'Try another way',
  'proof.not': 'I cannot prove it',
  'proof.mail.subject': 'Your code',
  'proof.mail.text':
    'Your code is {{code}}. It is valid for {{minutes}} minutes. Type it into the page where you asked for it, and tell it to nobody. If you did not ask for a code, you need not do anything.',

  // link: a login that was connected to a student by a second proof
  'link.title': 'Your login is connected to your record at {{institution}}',
  'link.what': 'You proved that {{login}} and the record at {{institution}} are yours. This counts since {{since}}.',
  'link.proved-by-code': 'You typed a code that was sent to {{address}}.',
  'link.remove': 'Remove this connection',
  'link.after': 'After that you have to prove it again next time. What you do now goes on.',
} as const
