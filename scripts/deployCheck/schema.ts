/** What the database of a deployment must have. */
import path from 'node:path'
import { readMigrations } from '../../supabase/local/migrate'
import { type Check, valueOf } from './target'

const MIGRATIONS = path.resolve(import.meta.dirname, '../../supabase/migrations')

const BUCKETS = ['videos-intake', 'videos-public', 'insumos-intake', 'insumos-public']

const count = (sql: string) => `select count(*)::int as value from ${sql}`

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
    advice: 'Activa pg_cron y repite su migración, o llama a run_due_jobs() cada minuto desde otro reloj.',
    look: async (to) => {
      if ((await valueOf<number>(to, count(`pg_extension where extname = 'pg_cron'`))) === 0)
        return 'pg_cron no está activo'
      return (await valueOf<number>(to, count(`cron.job where command like '%run_due_jobs%' and active`))) > 0
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
