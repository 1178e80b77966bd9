/** A sender in a process of its own, for the benchmark to kill: calls the function send-mail until it is ended. */
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { secretHeader } from '../../../supabase/functions/_shared/callerSecret'
import { createHandler, type Mail } from '../../../supabase/functions/send-mail/handler'
import { serviceSender } from '../../../supabase/functions/send-mail/service'
import { smtpSender } from '../../../supabase/functions/send-mail/smtp'
import { asService } from '../../../supabase/local/service'

const [, , url, transport, port] = process.argv
const pool = new pg.Pool({ connectionString: url!, max: 6 })
const fallback = 'nadie@instituto.example'
const byService = transport === 'service'

const handler = createHandler({
  callerSecret: 'shown',
  takeMail: async (limit) =>
    (await asService<Mail[]>(pool, 'select public.take_mail($1, p_repeats => $2) as result', [
      limit,
      byService,
    ])) ?? [],
  beginMail: async ({ id, lease }) =>
    (await asService<boolean>(pool, 'select public.begin_mail($1, $2) as result', [id, lease])) ?? false,
  settleMail: async (id, error) => {
    const outcome = [id, error?.code ?? null, error?.meaning ?? 'failed']
    await asService(pool, 'select public.settle_mail($1, $2, $3)::text as result', outcome)
  },
  places: () => ({ app: 'https://app.example', functions: 'https://api.example' }),
  phones: null,
  send: byService
    ? serviceSender({ url: `http://127.0.0.1:${port}/emails`, key: 'k', fallback })
    : smtpSender({ host: '127.0.0.1', port: Number(port), login: null, fallback }),
})

for (;;) {
  await handler(new Request('http://localhost/', { method: 'POST', headers: secretHeader('shown') }))
  await wait(100)
}
