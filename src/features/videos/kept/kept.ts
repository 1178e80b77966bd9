/**
 * Videos that the person keeps on this phone: in a cache of their own, which a new version of the app leaves alone. A video is
 * kept in pieces, so that what arrived before a cut stays; `whole` says that all of them are here.
 */
import { shallowReactive } from 'vue'
import { publicAddress } from '@/campaign/publicFile'
import type { PublishedVideo } from '@/domain/video'

export interface KeptVideo {
  item: PublishedVideo
  /** Of its campaign. */
  slug: string
  whole: boolean
}

/** Where everybody can fetch a file of a published video. */
export const addressOf = (name: string): string => publicAddress('videos-public', name)

const openKept = () => caches.open('galeria')
/** Copy, cover and captions of a video have names with the same beginning. */
const stem = (object: string) => `/galeria/${object.split('.')[0]}`
const LABEL = '.json'

/** By the name of the copy. */
export const kept = shallowReactive(new Map<string, KeptVideo>())

/** Reads what is on this phone. Without access to caches it stays empty. */
export async function readKept(): Promise<void> {
  if (!('caches' in globalThis)) return
  const cache = await openKept()
  for (const request of await cache.keys()) {
    if (!request.url.endsWith(LABEL)) continue
    const one = (await (await cache.match(request))?.json()) as KeptVideo
    kept.set(one.item.object, one)
  }
}

/** Notes that a video is being kept, or is. */
export async function label(one: KeptVideo): Promise<void> {
  await (await openKept()).put(stem(one.item.object) + LABEL, Response.json(one))
  kept.set(one.item.object, one)
}

/** A piece is named by the byte at which it begins. */
const pieceOf = (name: string, from: number) => `/galeria/${name}/${from}`

export const putPiece = async (name: string, from: number, piece: Blob): Promise<void> =>
  (await openKept()).put(pieceOf(name, from), new Response(piece))

/** What is here of a file, without a gap from its beginning; null where nothing is. */
export async function keptFile(name: string): Promise<Blob | null> {
  const cache = await openKept()
  const pieces: Blob[] = []
  for (let size = 0; ;) {
    const piece = await (await cache.match(pieceOf(name, size)))?.blob()
    if (!piece?.size) break
    pieces.push(piece)
    size += piece.size
  }
  return pieces[0] ? new Blob(pieces, { type: pieces[0].type }) : null
}

/** Gives the space of a video back. */
export async function freeKept(object: string): Promise<void> {
  kept.delete(object)
  const cache = await openKept()
  for (const request of await cache.keys())
    if (new URL(request.url).pathname.startsWith(stem(object))) await cache.delete(request)
}
