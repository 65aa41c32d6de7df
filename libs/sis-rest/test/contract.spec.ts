import { importTargetContract, resultSourceContract } from '@emrex-gateway/testing/contracts'
import { sourceKit, targetKit } from './rest-kits.js'

// Here and in contract-xml.spec.ts: each way to be known and each form of results once.
resultSourceContract('sis-rest with a token, JSON', sourceKit({ access: 'token', form: 'json' }))
resultSourceContract('sis-rest with certificates, line by line', sourceKit({ access: 'certificate', form: 'lines' }))
importTargetContract('sis-rest with a token', targetKit({ access: 'token' }))
