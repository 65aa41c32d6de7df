import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { EmrexError, type AnyState, type IdentityProvider } from '@emrex-gateway/core'
import { createBrowserSecret, hashBrowserSecret } from '../forms/browser-secret.js'
import { TransferHttp, type TransferRoutes } from './transfer-http.js'

const secret = createBrowserSecret()
const transfer = { id: 'a-transfer-of-a-student', entry: 'home', browser: hashBrowserSecret(secret) }
const routes = {
  ...{ entry: 'home', publicUrl: 'http://localhost/smp/home' },
  transfers: { findByHandle: async () => transfer },
  hubPath: (id: string) => `/smp/home/transfers/${id}`,
} as unknown as TransferRoutes<AnyState, never>

describe('the message of a login', () => {
  it('leads to where the transfer stands when another tab was faster', async () => {
    const request = new IncomingMessage(new Socket())
    request.headers.cookie = `emrex-${transfer.id.slice(0, 12)}=${secret}`
    const response = new ServerResponse(request)
    const provider = { correlate: () => 'handle' } as unknown as IdentityProvider
    const message = { method: 'GET', url: 'http://localhost/smp/home/login/x/callback', form: new Map() } as const
    const faster = () => Promise.reject(new EmrexError('TRANSFER_CHANGED'))
    const frame = { language: 'en', site: { name: 'Home' } } as never
    await new TransferHttp(routes).loginMessage(request, response, frame, { provider, message }, faster)
    expect([response.statusCode, response.getHeader('Location')]).toEqual([303, routes.hubPath(transfer.id)])
  })
})
