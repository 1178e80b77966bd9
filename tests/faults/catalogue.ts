/**
 * Every fault that the engine promises to survive, and the tests that inject it. `catalogue.test.ts` fails if a
 * fault has no case or a case names a test that does not exist.
 */

/** A file, and the start of a test title in it. */
export type Case = [file: string, test: string]

/**
 * A part that the app does not have. Its code would contain one of the signs, and the catalogue test then
 * fails.
 */
export interface Absent {
  absent: string
  signs: string[]
}

type Part = Record<string, Case[] | Absent>

const here = (file: string, test: string): Case => [`tests/faults/${file}.test.ts`, test]
const media = (file: string, test: string): Case => [`src/media/${file}.test.ts`, test]
const screen = (file: string, test: string): Case => [`tests/e2e/${file}.spec.ts`, test]
/** `npm run test:long`: a real Chromium with a worker, tab or disk that really ends, freezes or fills up. */
const long = (file: string, test: string): Case => [`tests/long/${file}.spec.ts`, test]

const NETWORK: Part = {
  'answer lost after commit': [
    here('network', 'an answer lost after the commit'),
    screen('faults', 'an answer lost after the commit is asked for again'),
  ],
  'request lost': [here('network', 'a request lost')],
  'duplicate delivery': [here('network', 'a delivery in duplicate')],
  'replies reordered': [here('network', 'replies reordered by a late %s')],
  'captive-portal 200 HTML': [
    here('network', 'a captive portal’s page with status 200'),
    here('network', 'a captive portal’s JSON with status 200'),
    screen('faults', 'a captive portal that answers 200 to everything'),
  ],
  '`onLine` lies': [['src/sync/syncStore.test.ts', 'the store reports signal from the last call']],
  '40 s stall': [
    here('network', 'a stall before the server'),
    here('network', 'a stall after the commit'),
    ['src/data/rpc.test.ts', 'an answer whose body hangs ends at its deadline'],
  ],
  'DNS/TLS failure': [here('network', 'an unknown host, a closed port and a failed handshake')],
  '429 on HEAD': [
    media('uploadFaults', 'status %s for an offset request delays the upload, and no byte is sent twice'),
  ],
  '500/503 storm': [here('network', 'a storm of 500 and 503'), screen('faults', 'a storm of ')],
}

const PROCESS: Part = {
  // The meaning of "await" is defined in src/sync/testing/crash.ts.
  'kill at each await': [
    here('process', 'a phone killed at every single database call of a cycle'),
    here('storage', 'a save cut off at any of its writes'),
    media(
      'crash',
      'an upload killed at any database call arrives complete and sends at most one chunk again',
    ),
  ],
  'worker killed mid-send': [
    long('worker', 'the browser ends the worker in the middle of sending'),
    here('process', 'a page finishes the batch of a worker %s the commit'),
  ],
  'two tabs claim leadership': [
    here('process', 'two processes with %s claim to lead'),
    screen('faults', 'two tabs that send together make one row'),
  ],
  'leader frozen then resumed stale': [
    long('frozen', 'a tab frozen while it sends is replaced'),
    long('frozen', 'a tab frozen while it uploads is replaced'),
    here('process', 'a leader frozen with a call on its way (%s)'),
    media('upload', 'a sender that was frozen and replaced writes nothing when it resumes'),
  ],
  'old tab with new schema': [
    screen('versions', 'an old tab writes what was being typed before it makes way'),
    ['src/data/db.test.ts', 'an old tab gives the database up to a newer schema'],
  ],
  'blocked schema upgrade': [
    here('process', 'an upgrade blocked by an old tab'),
    screen('versions', 'an old tab that does not let go is reported'),
  ],
  'deploy removes a lazy chunk mid-draft': [
    screen('versions', 'a deploy in the middle of a draft is offered, never forced'),
    ['src/app/lostChunks.test.ts', 'a chunk that a deploy took away'],
  ],
}

const IDENTITY: Part = {
  '401 mid-PATCH': [
    media('upload', 'status %i is retried a few times, then needs the person, and the bytes stay'),
  ],
  'refresh token revoked': [here('identity', 'a session that is refused (401)')],
  'user switch with a queue': [here('identity', 'another user’s queue is neither sent nor erased')],
  'right revoked mid-queue': [here('identity', 'a right revoked with decisions in the queue')],
  'clock ±2 days': [
    here('identity', 'a calendar %i days wrong'),
    ['src/sync/backoff.test.ts', 'a wait set before the clock was put back two days'],
  ],
}

const DATABASE: Part = {
  'commit below the cursor': [here('database', 'a change that commits below the cursor')],
  'long transaction': [
    here('database', 'under a long transaction a verdict’s row stays on the screen'),
    here('database', 'under a long transaction the screen keeps the row of a conflict'),
    here('database', 'under a long transaction the screen keeps the row that a repeated verdict brought'),
  ],
  'deadlock and lock timeout inside a batch': [
    here('database', 'an op that a deadlock aborts in a batch'),
    here('database', 'a lock timeout inside a batch'),
  ],
  'statement timeout': [here('database', 'a statement timeout takes the whole batch')],
  'restored database (epoch)': [
    here('visibility', 'a database restored from a backup'),
    here('restore', 'a base backup recovered on the same timeline'),
    here('restore', 'if the operator forgets begin_epoch'),
    here('restore', 'a base backup recovered to a point in time'),
  ],
  'hard delete': [
    here('visibility', 'what is deleted for good'),
    here('visibility', 'a submission that is deleted for good'),
  ],
  'row leaves sight': [here('visibility', 'a row that leaves sight')],
  'moderation conflict': [here('verdicts', 'of two decisions the second')],
  'same op_id with new payload': [here('verdicts', 'the same op_id with another payload')],
  'poison op': [here('verdicts', 'a poison op stops its own lane only')],
  'dependency refused': [
    here('verdicts', 'behind a refused op its followers wait'),
    here('verdicts', 'a refused video’s bytes stay sealed'),
  ],
  'server restart mid-drain': [
    here('restart', 'a server killed in the middle of a drain'),
    here('database', 'a server that restarts in the middle'),
  ],
}

const STORAGE: Part = {
  QuotaExceeded: [
    here('storage', 'a disk that is full while saving'),
    screen('storage', 'on a full disk an unsent proposal says so'),
    here('storage', 'a disk that fails (%s) at each step'),
    media('store', 'a copy on a full disk rejects with storage_full, and nothing is kept'),
    screen('storage', 'on a full disk the screen says'),
    long('disk', 'a disk that fills up while a draft is written'),
    long('disk', 'a browser that does not tell how much disk there is'),
  ],
  'partial write': [here('storage', 'a save cut off at any of its writes')],
  'connection lost': [here('storage', 'a connection to the storage that was lost')],
  'UnknownError after lock': [here('storage', 'a disk that fails (%s) at each step')],
  'total eviction': [
    screen('storage', 'after an eviction the app says what can be restored'),
    here('storage', 'a phone whose data were all evicted'),
  ],
  'picked file unreadable': [
    screen('storage', 'a video that does not fit, and one that can no longer be read'),
    media('store', 'a file that %s is refused, and nothing is kept'),
  ],
}

const UPLOAD: Part = {
  'recorder yields zero bytes': [
    media('voice/useRecorder', 'a recorder that yields no bytes leaves nothing to keep'),
  ],
  'audio dropped': [media('clean', 'the bytes that leave the phone lack %s')],
  'remux out of memory': [media('clean', 'a phone without memory for a new file keeps the blanked original')],
  'upload address expired': [media('upload', 'an upload whose address expired starts again from byte 0')],
  'offset ahead or behind': [
    media('tus', 'an answer with %s becomes the right outcome'),
    media('tus', 'offset %s after a chunk of bytes 20 to 29 becomes the right outcome'),
    media('upload', 'a wrong offset is retried at once, then after a delay'),
  ],
  '409/423/503': [
    media('upload', 'the fault %s during an upload costs at most one chunk'),
    media('upload', 'a video whose object exists on the server is announced, not sent again'),
  ],
  "final PATCH's answer lost": [
    media('upload', 'an upload completes after the answer to its last chunk is lost'),
  ],
  'object exists, row missing': [
    media('upload', 'a video whose object exists on the server is announced, not sent again'),
    ['tests/sql/mediaIntake.test.ts', 'a file that its phone never attached is attached by the job'],
  ],
  'status flipped mid-upload': [
    [
      'tests/contract/storageDialect.test.ts',
      'the policy is checked again at each chunk: a name closed meanwhile is answered with 403 and leaves no object',
    ],
    media('upload', 'a video that is withdrawn during its upload is deleted and not announced'),
  ],
  'two equal-sized videos': [
    media('uploadFaults', 'two interrupted videos of the same size are not confused'),
  ],
  'empty share POST': [
    ['src/features/videos/film/shared/readShared.test.ts', 'a share %s is %s'],
    screen('videoFiles', 'a video that another app shares without signal is on disk before the page opens'),
  ],
  'one pass scanned on two phones': [
    here('door', 'one pass scanned on two phones without signal'),
    [
      'tests/sql/jornadasDoor.test.ts',
      'a check-in returns the row of the list, and a second scan keeps the first instant',
    ],
  ],
}

export const CATALOGUE: Part = { ...NETWORK, ...PROCESS, ...IDENTITY, ...DATABASE, ...STORAGE, ...UPLOAD }
