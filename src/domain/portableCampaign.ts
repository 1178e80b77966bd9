/** A campaign as a file that another project reads. The format: docs/portable-campaign.md. */

/** A class of sujetos obligados: the key means it within one project, the name is for people of another. */
export interface PortableClass {
  key: string
  name: string
}

/** What a file says of a campaign. `sections` are those of the studio, by name. */
export interface PortableContent {
  schema: number
  kind: string
  sections: Record<string, Record<string, unknown>>
  classes: PortableClass[]
  institution: { name: string }
  exported_at: string
}

/** The file. `signature` is Ed25519 over the canonical JSON (RFC 8785) of everything else; bytes are hexadecimal. */
export interface PortableFile extends PortableContent {
  document: 'campaign'
  key_id: string
  public_key: string
  signature: string
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
