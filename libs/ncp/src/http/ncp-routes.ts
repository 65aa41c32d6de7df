import type { IncomingMessage, ServerResponse } from 'node:http'
import { defaults, EmrexError, parseProofAnswer, type Step } from '@emrex-gateway/core'
import { addressOf, frameOf, parseForm, readForm, receiptDataOf, type Frame, type LoginDoor } from '@emrex-gateway/web'
import type { NcpPage } from '../flow/ncp-page.js'
import type { NcpDoor } from './ncp-entries.js'

type Actions = (door: NcpDoor, language: string) => Record<string, Act>
type Act = (...of: Parameters<Parameters<NcpDoor['http']['act']>[4]>) => Promise<Step<NcpPage>>

/** What the forms of the pages do. */
const actions: Actions = ({ flow }, language) => ({
  'confirm-receiver': async (transfer, form) =>
    form.get('confirmed') === 'yes' ? flow.confirmReceiver(transfer) : { kind: 'hub', transferId: transfer.id },
  login: (transfer, form) => flow.login(transfer, form.get('login') ?? flow.entry.logins[0]!.info.id, language),
  prove: (transfer, form) => flow.proving.answer(transfer, parseProofAnswer(form)),
  'prove-login': (transfer, form) => flow.proving.login(transfer, form.get('login') ?? '', language),
  'prove-not': (transfer) => flow.proving.giveUp(transfer),
  unlink: (transfer, form) => flow.proving.unlink(transfer, form.get('link') ?? ''),
  select: (transfer, form) =>
    flow.select(transfer, chosenOf(form), { withoutUnread: form.get('without-unread') === 'yes', language }),
  reselect: (transfer) => flow.reselect(transfer),
  send: (transfer, form) => flow.send(transfer, form.get('document') ?? ''),
  cancel: (transfer) => flow.cancel(transfer),
  'log-out': (transfer) => flow.logOut(transfer),
  answer: (transfer) => flow.answer(transfer),
})

/**
 * The routes of one NCP, whatever brings the requests here: HTTP in, browser action out; the decisions are in `flow/`.
 * What a route throws is for `sendProblem`.
 */
export const ncpRoutes = {
  /** The request of an SMP: posted by the browser from another site, or, as some SMPs send it, a link with the two fields. */
  async receive(door: NcpDoor, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form =
      request.method === 'POST'
        ? await readForm(request, { maxBytes: defaults.formMaxBytes })
        : parseForm(Buffer.from(new URL(addressOf(request), 'http://localhost').search.slice(1)))
    const page = frame(request, door)
    await door.http.begin(response, page, (browser) => door.flow.receive(form, browser, page.language))
  },

  async hub(door: NcpDoor, id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const page = frame(request, door)
    await door.http.hub(request, response, page, id, (transfer) => door.flow.next(transfer, page.language))
  },

  /** @throws {EmrexError} PAGE_UNKNOWN */
  async act(
    door: NcpDoor,
    { id, action }: { readonly id: string; readonly action: string },
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const known = actions(door, frame(request, door).language)
    const run = Object.hasOwn(known, action) ? known[action] : undefined
    if (run === undefined) throw new EmrexError('PAGE_UNKNOWN')
    await door.http.act(request, response, frame(request, door), id, run)
  },

  /** The address that a form was posted to, opened by itself: in a second tab, by a bookmark, after a restart of the browser. */
  async actedOn(door: NcpDoor, id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    await door.http.hub(request, response, frame(request, door), id, async () => ({ kind: 'hub', transferId: id }))
  },

  /** What the person keeps of the transfer: a page, or with an ending a file. @throws {EmrexError} PAGE_UNKNOWN */
  async receipt(
    door: NcpDoor,
    { id, ending }: { readonly id: string; readonly ending: string | undefined },
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { flow, http } = door
    const page = frame(request, door)
    if (ending === undefined)
      return http.hub(request, response, page, id, async (transfer) => ({
        kind: 'page',
        page: { page: 'receipt', ...receiptDataOf(await flow.bodies.receipt(transfer.id)) },
      }))
    if (ending !== 'pdf' && ending !== 'json') throw new EmrexError('PAGE_UNKNOWN')
    // Only here: an embedder without PDFs need not install what makes them.
    const { receiptDownload } = await import('@emrex-gateway/transcript')
    return http.download(request, response, id, async (transfer) =>
      receiptDownload(await flow.bodies.receipt(transfer.id), ending, { language: page.language }),
    )
  },

  /** The readable transcript of what is about to be sent. */
  async transcript(door: NcpDoor, id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    await door.http.download(request, response, id, async (transfer) => ({
      name: 'transcript.pdf',
      mediaType: 'application/pdf',
      bytes: await door.flow.bodies.transcript(transfer),
    }))
  },

  loginDoor(door: NcpDoor): LoginDoor {
    const { flow, http } = door
    return {
      entry: flow.entry,
      leavable: flow.entry.logins,
      frame: (request) => frame(request, door),
      complete: (request, response, provider, message) =>
        http.loginMessage(request, response, frame(request, door), { provider, message }, () =>
          flow.complete(provider.info.id, message),
        ),
    }
  },
}

const frame = (request: IncomingMessage, door: NcpDoor): Frame => frameOf(request, { name: door.flow.entry.title })

const chosenOf = (form: ReadonlyMap<string, string>): ReadonlySet<string> =>
  new Set(
    [...form]
      .filter(([name, value]) => name.startsWith('result.') && value === 'yes')
      .map(([name]) => name.slice('result.'.length)),
  )
