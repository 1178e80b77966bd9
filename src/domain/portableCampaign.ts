/** A campaign as a file that another project reads. The format: docs/portable-campaign.md. */

import type { FileKind } from './insumo'

/** A class of sujetos obligados: the key means it within one project, the name is for people of another. */
export interface PortableClass {
  key: string
  name: string
}

/** A file that the items of the section `insumos` name by its id. */
export interface PortableAsset {
  id: string
  kind: FileKind
  mime: string
  bytes: number
  sha256: string // hex
}

/** What a file says of a campaign. `sections` are those of the studio, by name. */
export interface PortableText {
  schema: number
  kind: string
  sections: Record<string, Record<string, unknown>>
  classes: PortableClass[]
  institution: { name: string }
  exported_at: string
}

export interface PortableContent extends PortableText {
  assets: PortableAsset[]
}

/** `signature` is Ed25519 over the canonical JSON (RFC 8785) of everything else; bytes are hexadecimal. */
export interface SignedCampaign extends PortableContent {
  document: 'campaign'
  key_id: string
  public_key: string
  signature: string
}

/**
 * The file: what was signed, and the bytes of its assets in base64 by their `sha256`, which binds them to the signature.
 * Files of before assets have neither list.
 */
export interface PortableFile extends Omit<SignedCampaign, 'assets'> {
  assets?: PortableAsset[]
  files?: Record<string, string>
}

/** Of `preview_import`. */
export interface PortablePreview {
  /** The classes of this project, in their order. */
  classes: PortableClass[]
  /** Keys in the file that this project does not know. */
  unknown_classes: string[]
  /** Campaigns that came from the same file. */
  imported: { id: string; title: string; imported_at: string }[]
}
