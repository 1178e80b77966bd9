/** Reads and verifies the file of a campaign. Nothing of it reaches the server before its signature holds. */
import type { PortableFile } from '@/domain/portableCampaign'

/** The newest format that this version reads, as `app.portable_schema()`. */
const SCHEMA = 1
/** Of the whole file: base64 makes 40 MB of files out of 54. */
export const MAX_FILE_BYTES = 60_000_000
/** Of everything but the bytes of files: what the server takes (`app.check_portable`). */
export const MAX_TEXT_BYTES = 5 * 1024 * 1024

/** Why a file cannot be imported. */
export type FileProblem =
  | 'portable_too_large'
  | 'portable_malformed'
  | 'portable_newer'
  | 'portable_kind_unknown'
  | 'portable_tampered'

export class UnfitFile extends Error {
  constructor(readonly code: FileProblem) {
    super(code)
  }
}

/**
 * The content of a file whose signature belongs to the key that it names. Whose key that is, `bootstrap` says. Throws
 * UnfitFile. `kinds` are the kinds of campaign that this version knows.
 */
export async function readPortable(file: Blob, kinds: readonly string[]): Promise<PortableFile> {
  if (file.size > MAX_FILE_BYTES) throw new UnfitFile('portable_too_large')
  const content = parse(await file.text())
  if (content.schema > SCHEMA) throw new UnfitFile('portable_newer')
  if (!isWhole(content)) throw new UnfitFile('portable_malformed')
  if (!kinds.includes(content.kind)) throw new UnfitFile('portable_kind_unknown')
  const { files: _, signature, ...signed } = content // the hash of each asset binds its bytes
  const bytes = await canonical(signed)
  if (bytes && bytes.length > MAX_TEXT_BYTES) throw new UnfitFile('portable_too_large')
  if (!bytes || !(await isSignature(signature, bytes, signed.public_key)))
    throw new UnfitFile('portable_tampered')
  return content
}

function parse(text: string): { schema: number } {
  let value: unknown = null
  try {
    value = JSON.parse(text)
  } catch {
    // not JSON: refused below
  }
  if (!isObject(value) || value['document'] !== 'campaign' || typeof value['schema'] !== 'number')
    throw new UnfitFile('portable_malformed')
  return value as { schema: number } & typeof value
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'

function isWhole(value: object): value is PortableFile {
  const { kind, sections, classes, institution, exported_at, key_id, public_key, signature, ...lists } =
    value as Partial<Record<keyof PortableFile, unknown>>
  return (
    [kind, exported_at, key_id, public_key, signature].every(isText) &&
    isObject(sections) &&
    Object.values(sections).every(isObject) &&
    Array.isArray(classes) &&
    classes.every((one) => isObject(one) && isText(one['key']) && isText(one['name'])) &&
    isObject(institution) &&
    isText(institution['name']) &&
    isListOfAssets(lists.assets) &&
    (lists.files === undefined || (isObject(lists.files) && Object.values(lists.files).every(isText)))
  )
}

/** Absent in files of before assets. */
function isListOfAssets(assets: unknown = []): boolean {
  const isAsset = (one: unknown) =>
    isObject(one) &&
    ['id', 'kind', 'mime', 'sha256'].every((key) => isText(one[key])) &&
    typeof one['bytes'] === 'number'
  return Array.isArray(assets) && assets.every(isAsset)
}

/** The bytes that were signed (RFC 8785); null for what no JSON can hold. */
async function canonical(signed: object): Promise<Uint8Array | null> {
  const { default: canonicalize } = await import('canonicalize')
  try {
    return new TextEncoder().encode(canonicalize(signed))
  } catch {
    return null
  }
}

/** Loads its library when it is needed: WebCrypto has no Ed25519 on older browsers. */
async function isSignature(signature: string, bytes: Uint8Array, publicKey: string): Promise<boolean> {
  const [{ ed25519 }, { hexToBytes }] = await Promise.all([
    import('@noble/curves/ed25519.js'),
    import('@noble/curves/utils.js'),
  ])
  try {
    return ed25519.verify(hexToBytes(signature), bytes, hexToBytes(publicKey), { zip215: false })
  } catch {
    return false // a signature or key of another length
  }
}
