import { judgeResponse } from './judge-response.js'
import { parseTransferResponse } from './transfer-response.js'

describe('judgeResponse', () => {
  it.each([
    ['NCP_OK', 'a document', { use: 'document', elmo: 'x' }],
    ['EMP_OK', 'a document', { use: 'document', elmo: 'x' }],
    ['NCP_OK', 'nothing', { end: 'ANSWER_MALFORMED' }],
    ['NCP_ERROR', 'a document', { end: 'NCP_ERROR' }],
    ['NCP_ERROR', 'nothing', { end: 'NCP_ERROR' }],
    ['NCP_NO_RESULTS', 'a document', { end: 'NO_RESULTS' }],
    ['NCP_NO_RESULTS', 'nothing', { end: 'NO_RESULTS' }],
    ['NCP_CANCEL', 'a document', { end: 'USER_CANCEL' }],
    ['NCP_CANCEL', 'nothing', { end: 'USER_CANCEL' }],
    ['NCP_SOMETHING_NEW', 'a document', { end: 'NCP_ERROR' }],
    ['NCP_SOMETHING_NEW', 'nothing', { end: 'NCP_ERROR' }],
    ['', 'a document', { use: 'document', elmo: 'x' }],
    ['', 'nothing', { end: 'ANSWER_MALFORMED' }],
  ])('%j with %s', (returnCode, what, judgement) => {
    const fields = { sessionId: 's', returnCode, elmo: what === 'nothing' ? '' : 'x' }
    expect(judgeResponse(parseTransferResponse(new Map(Object.entries(fields))))).toEqual(judgement)
  })
})
