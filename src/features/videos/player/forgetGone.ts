/** Takes from this phone what is published no more, as soon as the server says so. */
import { rpc } from '@/data/rpc'
import { freeKept, kept } from '../kept/kept'

/** The titles of what was taken away. Nothing is while the server cannot be asked. */
export async function forgetGone(): Promise<string[]> {
  const objects = [...kept.keys()].slice(0, 100) // as many as the server answers about
  if (objects.length === 0) return []
  const { items } = await rpc('public_videos', { p_objects: objects })
  const gone = objects.filter((object) => !items.includes(object))
  const titles = gone.map((object) => kept.get(object)!.item.title)
  await Promise.all(gone.map(freeKept))
  return titles
}
