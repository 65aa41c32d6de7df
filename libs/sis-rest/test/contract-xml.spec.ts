import { importTargetContract, resultSourceContract } from '@emrex-gateway/testing/contracts'
import { sourceKit, targetKit } from './rest-kits.js'

// ELMO 1.x has no word for a result that is recognised from elsewhere: such systems leave them out.
resultSourceContract('sis-rest with HMAC, ELMO as XML', sourceKit({ access: 'hmac', form: 'xml' }, ['recognised']))
resultSourceContract('sis-rest with client credentials, JSON', sourceKit({ access: 'client-credentials' }))
importTargetContract('sis-rest with HMAC', targetKit({ access: 'hmac' }))
