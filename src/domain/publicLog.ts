/** What the server answers of the transparency log (docs/log.md). Hashes of proofs are in base64url. */

/** A head as it is signed; the signature is in hexadecimal. */
export interface SignedHead {
  text: string
  signature: string
}

/** A head as its public file has it. `consistency` proves that it extends the head before. */
export interface HeadFile extends SignedHead {
  day: string
  consistency: string
}

/** The answer of `log_proof`. */
export interface LogProof {
  head: SignedHead | null
  /** Proves that the head extends the one of so many leaves that the phone named. */
  consistency: string
  /** The steps of the submission that the head has. */
  steps: { text: string; salt: string; position: number; proof: string }[]
  /** How many steps it does not have. */
  waiting: number
  /** What its author wrote was erased, and with it what opens the commitments. */
  erased: boolean
}
