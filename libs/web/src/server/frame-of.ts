import type { IncomingMessage } from 'node:http'
import { languageOf } from '../texts/language-of.js'
import type { Frame, Site } from './site.js'

/** The frame for the page that answers a request: the site, in the language that the browser asks for. */
export const frameOf = (request: IncomingMessage, site: Site): Frame => ({
  site,
  language: languageOf(request.headers['accept-language']),
})
