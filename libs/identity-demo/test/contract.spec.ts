import type { BrowserAction, InboundMessage } from '@emrex-gateway/core'
import { recordingHost } from '@emrex-gateway/testing'
import { identityProviderContract } from '@emrex-gateway/testing/contracts'
import { demoIdentityPlugin, demoSettings } from '../src/index.js'
import { invented } from './invented.js'

const settings = demoSettings.parse(invented)

/** What a browser posts when a person presses a button of the question. */
function press(action: BrowserAction, value: string): InboundMessage {
  if (action.kind !== 'choice') throw new Error('the login asks no question')
  return { method: 'POST', url: action.url, form: new Map([...Object.entries(action.fields), [action.field, value]]) }
}

identityProviderContract('identity-demo', {
  open: () => demoIdentityPlugin.create(settings, recordingHost({ environment: 'demo' }), 'town'),
  answer: async (action, _order, what) => {
    if (action.kind !== 'choice' || action.cancelValue === undefined) throw new Error('the login cannot be cancelled')
    return press(action, what === 'cancel' ? action.cancelValue : action.options[0]!.value)
  },
  spoil: (message) => ({ ...message, form: new Map([...message.form, ['person', 'ada-but-not-quite']]) }),
  personalData: ['Ada', 'Nordmann', '05068907693', '1989-06-05', 'ada-but-not-quite'],
  start: (environment) => demoIdentityPlugin.create(settings, recordingHost({ environment }), 'town'),
})
