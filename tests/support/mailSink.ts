/** Mailboxes at the end of a mail service: they count how often each letter came, and refuse or keep silent at random. */
import { randomFrom } from './random'

export interface Arrived {
  name: string
  to: string
  /** Subject and text. */
  words: string
  /** The clock of the test, in minutes. */
  at: number
}

/** `taken`; `refused`, for now; `silent`: taken, and the sender is not told. */
export type Reply = 'taken' | 'refused' | 'silent'

export interface SinkSettings {
  seed: number
  /** Shares of the letters that come, 0 to 1. */
  refuses: number
  keepsSilent: number
  /** The service recognizes a letter that it took before, and does not deliver it again. */
  recognizes: boolean
}

export class MailSink {
  readonly arrived: Arrived[] = []
  /** Letters that came again and were recognized. */
  recognized = 0
  refused = 0
  private readonly names = new Set<string>()
  private readonly random: () => number

  constructor(readonly settings: SinkSettings) {
    this.random = randomFrom(settings.seed)
  }

  take(name: string, to: string, words: string, at: number): Reply {
    const chance = this.random()
    if (chance < this.settings.refuses) {
      this.refused++
      return 'refused'
    }
    if (this.settings.recognizes && this.names.has(name)) {
      this.recognized++
    } else {
      this.names.add(name)
      this.arrived.push({ name, to, words, at })
    }
    return chance < this.settings.refuses + this.settings.keepsSilent ? 'silent' : 'taken'
  }

  has(name: string): boolean {
    return this.names.has(name)
  }

  /** How many letters came more than once. */
  get twice(): number {
    return this.arrived.length - this.names.size
  }
}
