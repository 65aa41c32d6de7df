/** One plain text to one person. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

export interface MailSender {
  /** Resolves when a mail server took it. @throws {Error} when none did; its message names no address. */
  send(mail: Mail): Promise<void>
}
