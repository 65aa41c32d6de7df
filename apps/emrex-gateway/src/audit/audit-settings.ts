import { defaults } from '@emrex-gateway/core'
import { CheckpointSigner, type AuditSigning } from '@emrex-gateway/store'
import { z } from 'zod'
import type { SettingsReader } from '../database/open-database.js'

const file = z.string().min(1).describe('Path, relative to the settings file.')

/** How checkpoints of the evidence are signed, and how long it is kept. */
export const auditSettings = z.strictObject({
  signing: z
    .strictObject({
      keyFile: file.describe('Private key (PEM: Ed25519, RSA or EC), for checkpoints that others can check.'),
      previousPublicKeyFiles: z
        .array(file)
        .default([])
        .describe('Public keys or certificates (PEM) of keys that were in use before.'),
    })
    .optional()
    .describe('Without it, checkpoints of the evidence are made with the seal key.'),
  keepDays: z.number().int().min(30).max(36_500).default(defaults.evidenceDays).describe('Then lines are deleted.'),
  keepStaffDays: z
    .number()
    .int()
    .min(1)
    .max(36_500)
    .default(defaults.evidenceStaffDays)
    .describe('Then name and reason of staff are deleted from a line.'),
})

export type AuditSettings = z.output<typeof auditSettings>

/** Reads what the settings name; a key that cannot sign is told to the reader. */
export function auditSigning({ signing }: AuditSettings, reader: SettingsReader): AuditSigning | undefined {
  if (signing === undefined) return undefined
  const { keyFile, previousPublicKeyFiles } = signing
  const read = {
    privateKey: reader.text('audit.signing.keyFile', keyFile),
    previousPublicKeys: previousPublicKeyFiles.map((each, index) =>
      reader.text(`audit.signing.previousPublicKeyFiles.${index}`, each),
    ),
  }
  // What does not exist was told already.
  if ([read.privateKey, ...read.previousPublicKeys].includes('')) return undefined
  try {
    // Tried here, and not an hour after the start: some keys can be read, and cannot sign.
    new CheckpointSigner({ key: new Uint8Array(32) }, { privateKey: read.privateKey }).make(sample)
  } catch {
    reader.problem('audit.signing.keyFile', 'holds no private key that can sign')
  }
  for (const [index, key] of read.previousPublicKeys.entries()) {
    if (CheckpointSigner.canReadPublicKey(key)) continue
    reader.problem(`audit.signing.previousPublicKeyFiles.${index}`, 'holds no public key that can be read')
  }
  return read
}

const sample = { kind: 'smp', entry: 'x', purpose: 'end', seq: 1, hash: new Uint8Array(32), at: 0 } as const
