/** The transport of the page. XMLHttpRequest is the only API that reports upload progress. */
import { Fault } from '@/domain/fault'
import type { Transport } from './tus'

/** After this time without progress the connection counts as dead. */
const STALL_MS = 40_000

export const xhrTransport: Transport = ({ url, method, headers, body }, { signal, onSent, deadlineMs }) =>
  new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    let reason = 'offline'
    const end = (code: string) => {
      reason = code
      xhr.abort()
    }
    let stall = setTimeout(() => end('timeout'), STALL_MS)
    const alive = () => {
      clearTimeout(stall)
      stall = setTimeout(() => end('timeout'), STALL_MS)
    }
    const onStop = () => end('stopped')
    const fail = () => reject(new Fault(reason, true))
    xhr.open(method, url)
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
    xhr.upload.addEventListener('progress', ({ loaded }) => {
      alive()
      onSent?.(loaded)
    })
    xhr.addEventListener('load', () => {
      const isElsewhere = xhr.responseURL !== '' && xhr.responseURL !== new URL(url).href
      if (isElsewhere) return reject(new Fault('not_ours', true))
      resolve({ status: xhr.status, header: (name) => xhr.getResponseHeader(name) })
    })
    for (const event of ['error', 'abort', 'timeout']) xhr.addEventListener(event, fail)
    xhr.addEventListener('timeout', () => (reason = 'timeout'))
    xhr.addEventListener('loadend', () => {
      clearTimeout(stall)
      signal?.removeEventListener('abort', onStop)
    })
    if (deadlineMs !== undefined) xhr.timeout = Math.max(1, deadlineMs)
    signal?.addEventListener('abort', onStop)
    xhr.send(body ?? null)
    if (signal?.aborted) onStop()
  })
