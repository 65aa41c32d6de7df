import { jest } from '@jest/globals'
import { secondProofRules } from './second-proof-rules.js'

jest.setTimeout(120_000)

describe('a second proof at the smp', () => secondProofRules('smp'))
