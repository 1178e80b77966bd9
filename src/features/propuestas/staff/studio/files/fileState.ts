/** What a file's row says, from what the server has and what this page sends. */
import type { InsumoFile } from '@/domain/insumo'
import type { IconName } from '@/ui/icons'
import type { Upload } from '@/staff/files/filesStore'

export interface FileState {
  words:
    | 'file.sending'
    | 'file.waiting'
    | 'file.failed'
    | 'file.cut'
    | 'file.checking'
    | 'file.ready'
    | 'file.unknown'
  /** A problem with words of its own. */
  code?: string
  icon: IconName
  tone: 'muted' | 'good' | 'warn' | 'bad'
  isMoving: boolean
  percent: number
}

const at = (
  words: FileState['words'],
  icon: IconName,
  tone: FileState['tone'],
  more: Partial<FileState> = {},
) => ({
  words,
  icon,
  tone,
  isMoving: false,
  percent: 0,
  ...more,
})

export function stateOf(file: InsumoFile | undefined, upload: Upload | undefined): FileState {
  if (upload?.state === 'failed') return at('file.failed', 'alert', 'bad')
  if (upload && file) {
    const percent = Math.floor((100 * upload.sent) / file.bytes)
    return upload.state === 'waiting'
      ? at('file.waiting', 'cloudOff', 'warn', { percent, isMoving: true })
      : at('file.sending', 'send', 'muted', { percent, isMoving: true })
  }
  if (!file) return at('file.unknown', 'alert', 'warn')
  if (file.status === 'verified') return at('file.ready', 'checkCircle', 'good')
  if (file.status === 'refused')
    return at('file.failed', 'alert', 'bad', file.refusal ? { code: file.refusal } : {})
  return file.arrived ? at('file.checking', 'clock', 'muted') : at('file.cut', 'alert', 'warn')
}
