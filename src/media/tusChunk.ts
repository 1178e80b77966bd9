/** Sends the chunks of an upload, also through a network that refuses the method PATCH. */
import { exchange, offsetOf, type SendOptions, type Transport, type TusOutcome } from './tus'

/** Whether chunks go as POST with a header that names their method, because something between refuses PATCH. */
let overrides = false

/** Sends a chunk that begins at `offset`, as PATCH or as POST with the header that names it. */
const putChunk = (
  transport: Transport,
  url: string,
  offset: number,
  body: Uint8Array<ArrayBuffer>,
  options: SendOptions,
) =>
  exchange(
    transport,
    {
      method: overrides ? 'POST' : 'PATCH',
      url,
      headers: {
        'upload-offset': String(offset),
        'content-type': 'application/offset+octet-stream',
        ...(overrides && { 'x-http-method-override': 'PATCH' }),
      },
      body,
    },
    options,
    (answer) => {
      const reached = offsetOf(answer)
      const isSane = reached !== null && reached >= offset && reached <= offset + body.length
      return isSane ? { kind: 'at', offset: reached } : { kind: 'wrong_offset' }
    },
  )

/** An answer that a server without that header, or another network, may give. */
const isRefusal = (outcome: TusOutcome): boolean =>
  outcome.kind === 'wait' && ['patch_blocked', 'not_ours', 'server'].includes(outcome.code)
const isBlocked = (outcome: TusOutcome): boolean =>
  outcome.kind === 'wait' && outcome.code === 'patch_blocked'

/**
 * Sends a chunk that begins at `offset`. Where PATCH is refused on the way, an empty chunk asks whether the server takes the
 * method from a header (tus 1.0, X-HTTP-Method-Override); then this chunk and the next ones go so. Supabase's storage
 * does not take it (docs/deploy.md): the outcome is `patch_blocked`.
 */
export async function sendChunk(
  ...[transport, url, offset, body, options]: Parameters<typeof putChunk>
): Promise<TusOutcome> {
  const sent = await putChunk(transport, url, offset, body, options)
  if (overrides && isRefusal(sent))
    overrides = false // a later network may let PATCH through
  else if (isBlocked(sent)) return overriding(sent, [transport, url, offset, body, options])
  return sent
}

async function overriding(
  blocked: TusOutcome,
  [transport, url, offset, body, options]: Parameters<typeof putChunk>,
) {
  overrides = true
  const asked = await putChunk(transport, url, offset, new Uint8Array(), { signal: options.signal })
  if (asked.kind === 'at') return putChunk(transport, url, offset, body, options)
  overrides = false
  return blocked
}
