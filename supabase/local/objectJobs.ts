/** Runs a function that works on stored files in this process: its jobs by SQL, its objects over this backend's address. */
import type { Collaborators } from '../functions/_shared/objectJobs'
import { objectsAt } from '../functions/_shared/objects'
import { json } from './http'
import type { SecretKeys } from './keys'

type Handle = (request: Request) => Promise<Response>

/** `address` is where this backend answers. While it is null no job is taken. */
export function inProcess<Job, Found>(
  createHandler: (collaborators: Collaborators<Job, Found>) => Handle,
  { secretKey, jobsSecret }: SecretKeys,
  address: () => string | null,
  { takeJobs, settleJob }: Pick<Collaborators<Job, Found>, 'takeJobs' | 'settleJob'>,
): Handle {
  return async (request) => {
    const url = address()
    if (url === null) return json(503, { message: 'Nobody can reach this backend yet' })
    const handle = createHandler({
      callerSecret: jobsSecret,
      takeJobs: async (limit) => (address() === null ? [] : await takeJobs(limit)),
      settleJob,
      objects: objectsAt(url, secretKey),
    })
    return await handle(request)
  }
}
