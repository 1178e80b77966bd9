/** Which files of insumos are on this phone, and what is being fetched. Shared by the list, the pages and the settings. */
import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { Fault } from '@/domain/fault'
import type { PublicFile } from '@/domain/insumo'
import type { Insumo } from '@/domain/rows'
import { freeKept, keepFile, type KeptFile, listKept } from './keptFiles'

type FailureCode = 'offline' | 'full' | 'changed' | 'gone' | 'server'

/** What is going on with one file. */
export type Fetching =
  { state: 'running'; received: number; stop(): void } | { state: 'failed'; code: FailureCode }

const failureOf = (cause: unknown): FailureCode => {
  const code = cause instanceof Fault ? cause.code : 'server'
  return code === 'offline' || code === 'full' || code === 'changed' || code === 'gone' ? code : 'server'
}

export const useKeptFilesStore = defineStore('keptFiles', () => {
  const kept = shallowReactive(new Map<string, KeptFile>())
  const fetching = shallowReactive(new Map<string, Fetching>())

  /** Reads what is on this phone. Without access to caches it stays empty. */
  async function read(): Promise<void> {
    const found = await listKept().catch(() => [])
    kept.clear()
    for (const file of found) kept.set(file.sha256, file)
  }

  /** Fetches and keeps one file; never rejects, `fetching` tells a failure. */
  async function keep(file: PublicFile, convocatoriaId: string): Promise<void> {
    const { sha256, bytes } = file
    if (kept.has(sha256) || fetching.get(sha256)?.state === 'running') return
    const stopping = new AbortController()
    const onReceived = (received: number) =>
      void fetching.set(sha256, { state: 'running', received, stop: () => stopping.abort() })
    onReceived(0)
    try {
      await keepFile(file, convocatoriaId, { signal: stopping.signal, onReceived })
      kept.set(sha256, { sha256, bytes, convocatoria_id: convocatoriaId })
      fetching.delete(sha256)
    } catch (cause) {
      if (cause instanceof Fault && cause.code === 'stopped') fetching.delete(sha256)
      else fetching.set(sha256, { state: 'failed', code: failureOf(cause) })
    }
  }

  async function free(sha256: string): Promise<void> {
    await freeKept(sha256)
    kept.delete(sha256)
  }

  /** Frees what no campaign names any more. `insumos` are those of all campaigns: copies name the same files. */
  async function forgetGone(insumos: readonly Insumo[]): Promise<void> {
    const named = new Set(insumos.map(({ file }) => file?.sha256))
    const gone = [...kept.keys()].filter((sha256) => !named.has(sha256))
    await Promise.all(gone.map(free))
  }
  return { kept, fetching, read, keep, free, forgetGone }
})
