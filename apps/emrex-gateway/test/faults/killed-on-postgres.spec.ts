import { jest } from '@jest/globals'
import { killedAtPoints } from './killed-at-points.js'

jest.setTimeout(900_000)

killedAtPoints('PostgreSQL', 2)
