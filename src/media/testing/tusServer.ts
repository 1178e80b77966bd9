/** A real tus server on a free port: the library behind the storage API, without its policies. */
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, request, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { FileStore } from '@tus/file-store'
import { Metadata, Server } from '@tus/server'
import { fetchTransport } from '../fetchTransport'
import type { Transport, TusRequest } from '../tus'

const PATH = '/storage/v1/upload/resumable'

export class TusServer {
  /** Complete objects by name. */
  readonly objects = new Map<string, { size: number; sha256: string; mime: string }>()
  /** The creation requests' metadata, as the server read it. */
  readonly created: Record<string, string | null>[] = []
  /** Whether the server takes the method of a chunk from a header. The library does not. */
  overrides = false
  private readonly root = mkdtempSync(join(tmpdir(), 'convoca-tus-'))
  private readonly folder = join(this.root, 'parts')
  private readonly store = new FileStore({ directory: this.folder })
  private readonly http: HttpServer
  private readonly uploads: string[] = []

  constructor() {
    const tus = new Server({
      path: PATH,
      datastore: this.store,
      respectForwardedHeaders: true,
      onUploadCreate: (incoming, upload) => {
        const { objectName } = Metadata.parse(incoming.headers.get('upload-metadata') ?? '')
        if (this.objects.has(objectName ?? '')) return Promise.reject({ status_code: 409, body: 'exists' })
        this.created.push(upload.metadata ?? {})
        this.uploads.push(upload.id)
        return Promise.resolve({})
      },
      onUploadFinish: (_, upload) => {
        const bytes = readFileSync(join(this.folder, upload.id))
        const sha256 = createHash('sha256').update(bytes).digest('hex')
        const { objectName, contentType } = upload.metadata ?? {}
        this.objects.set(objectName!, { size: bytes.length, sha256, mime: contentType! })
        return Promise.resolve({})
      },
    })
    this.http = createServer((incoming, outgoing) => {
      if (this.overrides && incoming.headers['x-http-method-override'] === 'PATCH') incoming.method = 'PATCH'
      void tus.handle(incoming, outgoing)
    })
  }

  /** Waits for the store's folder, which the store makes in the background: a short test could remove it first. */
  async listen(): Promise<void> {
    while (!existsSync(this.folder)) await pause(1)
    return new Promise((resolve) => this.http.listen(0, '127.0.0.1', resolve))
  }

  close(): void {
    this.http.closeAllConnections()
    this.http.close()
    rmSync(this.root, { recursive: true, force: true })
  }

  /** Deletes all upload addresses, as when they expire. */
  async forget(): Promise<void> {
    for (const id of this.uploads.splice(0)) await this.store.remove(id)
  }

  /** The address on this server for an address of the app. */
  private addressOf(url: string): string {
    const { port } = this.http.address() as AddressInfo
    return Object.assign(new URL(url), { port }).href
  }

  /** The worker's real transport, directed at this server. */
  readonly transport: Transport = (wanted, options) =>
    fetchTransport({ ...wanted, url: this.addressOf(wanted.url) }, options)

  /** Sends the first half of a chunk, then breaks the connection. */
  sendHalf({ url, headers, body, method }: TusRequest): Promise<void> {
    return new Promise((resolve) => {
      const length = body?.length ?? 0
      const outgoing = request(this.addressOf(url), {
        method,
        headers: { ...headers, 'content-length': String(length) },
      })
      outgoing.on('error', () => resolve())
      outgoing.on('close', () => resolve())
      outgoing.write(body?.subarray(0, length / 2), () => setTimeout(() => outgoing.destroy(), 30))
    })
  }
}
