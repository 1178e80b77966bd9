// @vitest-environment happy-dom
/** Which decoder reads, what it is asked, and what a decoder that does not run leads to. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Asked } from './codes.worker'

vi.mock('./files', () => ({ WORKER_FILE: '/assets/codes-worker-abc.js' }))

const workers: FakeWorker[] = []
class FakeWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null
  onerror: (() => void) | null = null
  asked: Asked[] = []
  terminate = vi.fn()
  constructor(
    public address: string,
    public options: object,
  ) {
    workers.push(this)
  }
  postMessage(asked: Asked) {
    this.asked.push(asked)
  }
}
const drawImage = vi.fn()
const video = { videoWidth: 1280, videoHeight: 720 } as HTMLVideoElement

beforeEach(() => {
  vi.resetModules()
  workers.length = 0
  vi.stubGlobal('Worker', FakeWorker)
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({
    drawImage,
    getImageData: (_x: number, _y: number, width: number, height: number) => ({
      data: new Uint8ClampedArray(4),
      width,
      height,
    }),
  } as never)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})
const open = async () => (await import('./reader')).openReader()

test('the browser’s own decoder is used where it reads QR codes', async () => {
  const detect = vi.fn().mockResolvedValue([{ rawValue: 'x' }])
  vi.stubGlobal(
    'BarcodeDetector',
    class {
      static getSupportedFormats = async () => ['ean_13', 'qr_code']
      detect = detect
    },
  )
  expect(await (await open()).read(video)).toBe('x')
  detect.mockRejectedValue(new Error('not yet'))
  expect(await (await open()).read(video)).toBeNull()
  expect(workers).toHaveLength(0)
})

test('otherwise our worker gets the middle square of the picture, each time with the next way to look', async () => {
  vi.stubGlobal('BarcodeDetector', { getSupportedFormats: async () => ['ean_13'] })
  const reader = await open()
  for (const text of [null, 'pase']) {
    const read = reader.read(video)
    workers[0]!.onmessage!({ data: { text } })
    expect(await read).toBe(text)
  }
  expect(workers[0]).toMatchObject({ address: '/assets/codes-worker-abc.js', options: { type: 'module' } })
  expect(workers[0]!.asked.map(({ way, picture }) => [way, picture.width, picture.height])).toEqual([
    [0, 640, 640],
    [1, 640, 640],
  ])
  expect(drawImage).toHaveBeenLastCalledWith(video, 280, 0, 720, 720, 0, 0, 640, 640)
  reader.end()
  expect(workers[0]!.terminate).toHaveBeenCalledOnce()
})

test('a decoder that fails, does not load or does not answer rejects', async () => {
  vi.useFakeTimers()
  const reader = await open()
  const failed = reader.read(video)
  workers[0]!.onmessage!({ data: { failed: true } })
  await expect(failed).rejects.toThrow('failed')
  const missing = reader.read(video)
  workers[0]!.onerror!()
  await expect(missing).rejects.toThrow('did not load')
  const silent = reader.read(video).catch((error: Error) => error.message)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(await silent).toBe('the decoder does not answer')
  vi.useRealTimers()
})

test('Trusted Types admit the address of that worker and no other', async () => {
  type Rules = { createScriptURL(address: string): string }
  const createPolicy = vi.fn<(name: string, rules: Rules) => Rules>((_, rules) => rules)
  vi.stubGlobal('trustedTypes', { createPolicy })
  await open()
  const [name, rules] = createPolicy.mock.calls[0]!
  expect([name, workers[0]!.address]).toEqual(['convoca-codes', '/assets/codes-worker-abc.js'])
  for (const address of ['/sw.js', 'https://x.example/codes-worker.js', 'data:text/javascript,1'])
    expect(() => rules.createScriptURL(address)).toThrow(TypeError)
})
