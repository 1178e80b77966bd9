/** What the database of a deployment must have. */
import path from 'node:path'
import { readMigrations } from '../../supabase/local/migrate'
import { type Check, valueOf } from './target'

const MIGRATIONS = path.resolve(import.meta.dirname, '../../supabase/migrations')

const BUCKETS = [
  'videos-intake',
  'videos-public',
  'insumos-intake',
  'insumos-public',
  'open-data-public',
  'log-public',
]

/** The triggers of storage.objects that stop what nobody announced, and the policies that let in what somebody did. */
const GUARDS = ['guard_intake', 'guard_insumo_files']
const POLICIES = 3

const count = (sql: string) => `select count(*)::int as value from ${sql}`

const DUE_JOBS = `command like '%run_each_due_job%'`
const LAST_RUN = `select coalesce((select d.status from cron.job_run_details d join cron.job j using (jobid)
  where j.${DUE_JOBS} and d.status in ('succeeded', 'failed') order by d.runid desc limit 1), 'none') as value`
const FAILING = `select string_agg(f.job || ' (' || f.code || ')', ', ' order by f.job) as value
  from app.job_faults f where f.times > 1`

/** The functions whose oldest work has been due for ten minutes and was not taken. */
const WAITING = `select name from (values
    ('send-mail', exists (select from app.mail_queue m where m.sent_at is null and m.dead_at is null
      and m.handed_at is null and not app.waits_for_morning(m.class, m.misses_at)
      and greatest(m.send_after, m.leased_until) < app.now() - interval '10 minutes')),
    ('verify-media', exists (select from app.media_jobs j where j.done_at is null and j.attempts = 0
      and j.not_before < app.now() - interval '10 minutes')),
    ('verify-files', exists (select from app.insumo_files f where f.attempts = 0
      and f.not_before < app.now() - interval '10 minutes' and app.file_work(f) is not null)),
    ('open-data', exists (select from app.result_editions e where e.state in ('begun', 'pages', 'closing')
      and greatest(e.begun_at, e.leased_until) < app.now() - interval '10 minutes')),
    ('sign', app.is_log_late())
  ) waiting (name, waits) where waits`

export const SCHEMA_CHECKS: readonly Check[] = [
  {
    title: 'Postgres 17 o posterior',
    advice: 'Crea el proyecto con Postgres 17.',
    look: async (to) =>
      (await valueOf<number>(to, `select current_setting('server_version_num')::int as value`)) >= 170_000,
  },
  {
    title: 'Las migraciones de esta versión, ni más ni menos',
    advice: 'Corre «supabase db push». Si sobra una, la base es de otra versión (docs/deploy.md).',
    look: async ({ database }) => {
      const { rows } = await database.query<{ version: string }>(
        'select version from supabase_migrations.schema_migrations',
      )
      const there = new Set(rows.map(({ version }) => version))
      const ours = readMigrations(MIGRATIONS).map(({ version }) => version)
      const missing = ours.filter((version) => !there.delete(version))
      return (
        (missing.length === 0 && there.size === 0) ||
        `faltan ${missing.length} y sobran ${there.size}: ${[...missing, ...there].slice(0, 3).join(', ')}`
      )
    },
  },
  {
    title: 'Cada tabla de «app» con seguridad por fila',
    advice: 'Compara la base con las migraciones: alguien cambió una tabla a mano.',
    look: async (to) =>
      (await valueOf<number>(
        to,
        count(
          `pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`,
        ),
      )) === 0,
  },
  {
    title: 'Sin la demostración',
    advice: 'seed.sql no va en un proyecto real. Empieza en uno nuevo.',
    look: async (to) =>
      (await valueOf<number>(to, count('app.institution where demo_label is not null'))) === 0,
  },
  {
    title: 'Las tareas corren cada minuto (pg_cron)',
    advice:
      "Activa pg_cron y corre «select cron.schedule('convoca-due-jobs', '* * * * *', 'call app.run_each_due_job()')», o llama a run_due_jobs() cada minuto desde otro reloj.",
    look: async (to) => {
      if ((await valueOf<string | null>(to, `select to_regclass('cron.job')::text as value`)) === null)
        return 'pg_cron no está activo'
      if ((await valueOf<number>(to, count(`cron.job where ${DUE_JOBS} and active`))) === 0)
        return 'nadie las programó'
      const last = await valueOf<string>(to, LAST_RUN)
      return last !== 'failed' || 'la última vez fallaron: mira cron.job_run_details'
    },
  },
  {
    title: 'Ninguna tarea falla',
    advice:
      'El código es un SQLSTATE de Postgres. «Instituto» dice desde cuándo; el registro de Postgres, por qué.',
    look: async (to) => {
      const failing = await valueOf<string | null>(to, FAILING)
      return failing === null || failing
    },
  },
  {
    title: 'Ninguna carta ni archivo espera más de diez minutos',
    advice:
      'Nadie llama a esa función cada minuto, o falla: mira su registro y su reloj (docs/deploy.md, paso 6).',
    look: async ({ database }) => {
      const { rows } = await database.query<{ name: string }>(WAITING)
      return rows.length === 0 || `esperan a ${rows.map(({ name }) => name).join(', ')}`
    },
  },
  {
    title: 'Los buckets de los archivos existen',
    advice: 'Corre «supabase db push»: las migraciones los crean.',
    look: async ({ database }) => {
      const { rows } = await database.query<{ id: string }>('select id from storage.buckets')
      const missing = BUCKETS.filter((bucket) => !rows.some(({ id }) => id === bucket))
      return missing.length === 0 || `faltan ${missing.join(', ')}`
    },
  },
  {
    title: 'Los archivos por revisar no son públicos, y los publicados sí',
    advice: 'Cambia «Public bucket» en Storage: solo los buckets que terminan en «-public» son públicos.',
    look: async ({ database }) => {
      const { rows } = await database.query<{ id: string }>(
        `select id from storage.buckets where id = any ($1) and public is distinct from (id like '%-public')`,
        [BUCKETS],
      )
      return rows.length === 0 || rows.map(({ id }) => id).join(', ')
    },
  },
  {
    title: 'Solo entra el archivo que alguien anunció',
    advice:
      'Compara las políticas y los disparadores de storage.objects con las migraciones: alguien los cambió a mano.',
    look: async (to) => {
      const guards = await valueOf<number>(
        to,
        count(`pg_trigger where tgrelid = 'storage.objects'::regclass and tgenabled in ('O', 'A')
          and tgname in (${GUARDS.map((name) => `'${name}'`).join(', ')})`),
      )
      const policies = await valueOf<number>(
        to,
        count(`pg_policies where schemaname = 'storage' and tablename = 'objects'`),
      )
      return (
        (guards === GUARDS.length && policies === POLICIES) ||
        `${guards} disparadores y ${policies} políticas`
      )
    },
  },
  {
    title: 'Ninguna tabla se transmite por Realtime',
    advice: 'Quita las tablas de la publicación supabase_realtime.',
    look: async (to) =>
      (await valueOf<number>(to, count(`pg_publication_tables where pubname = 'supabase_realtime'`))) === 0,
  },
  {
    title: 'Alguien administra',
    advice: 'Corre «npm run admin:invite» y abre el enlace.',
    look: async (to) => (await valueOf<number>(to, count(`app.staff where role = 'admin' and active`))) > 0,
  },
  {
    title: 'La institución está configurada',
    advice: 'Entra a /equipo con la cuenta de administración y responde las cinco preguntas.',
    look: async (to) => (await valueOf<number>(to, count('app.institution'))) > 0,
  },
]
