import type { ServerResponse } from 'node:http'
import { contentSecurityPolicy, type FormAction } from './form-action.js'

/**
 * Sets what every answer to a browser carries: kept nowhere, framed by nobody, no address passed on, no device asked for.
 * A page is safe with these alone; `hardenServer` adds the rest for everything that is not a page.
 */
export function setPageHeaders(response: ServerResponse, formAction: FormAction): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy(formAction))
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('X-Frame-Options', 'DENY')
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
}
